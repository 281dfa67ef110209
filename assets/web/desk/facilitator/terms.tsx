// Rules about words of the cloud.
import { useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { TermRule } from '../../shared/protocol';
import type { Doing } from './doing';
import { words } from './words';

const acts: readonly TermRule['act'][] = ['merge', 'hide', 'rename'];

export function Terms({ terms, doing }: { terms: readonly TermRule[]; doing: Doing }) {
  const t = useWords(words);
  const may = useMay();
  const [word, setWord] = useState('');
  const [rule, setRule] = useState<TermRule['act']>('merge');
  const [to, setTo] = useState('');
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await doing.act({ kind: 'set_term', rule: { word: word.trim(), act: rule, to: rule === 'hide' ? '' : to.trim() } }))) return;
    setWord('');
    setTo('');
  };
  return (
    <div class="terms">
      <form onSubmit={(event) => void add(event)}>
        <label>
          {t.word}
          <input value={word} maxLength={80} onInput={(event) => setWord(event.currentTarget.value)} />
        </label>
        <label>
          {t.act}
          <select value={rule} onChange={(event) => setRule(event.currentTarget.value as TermRule['act'])}>
            {acts.map((act) => (
              <option key={act} value={act}>
                {t[`act_${act}`]}
              </option>
            ))}
          </select>
        </label>
        {rule !== 'hide' && (
          <label>
            {t.to}
            <input value={to} maxLength={80} onInput={(event) => setTo(event.currentTarget.value)} />
          </label>
        )}
        <button type="submit" class="main" disabled={word.trim() === '' || (rule !== 'hide' && to.trim() === '')} {...may('set_term')}>
          {t.add}
        </button>
      </form>
      {terms.length === 0 && <p class="empty">{t.noTerms}</p>}
      <ul>
        {terms.map((term) => (
          <li key={term.word}>
            <p>
              <strong>{term.word}</strong> {t[`act_${term.act}`]} {term.act !== 'hide' && <strong>{term.to}</strong>}
            </p>
            <button type="button" class="small" aria-label={t.free(term.word)} onClick={() => void doing.act({ kind: 'remove_term', word: term.word })} {...may('remove_term')}>
              ✕
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
