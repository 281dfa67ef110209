// The table's own answers, newest first, each with its state in a sign and in words.
import { useWords } from '../shared/hooks';
import type { Answer } from './outbox';
import { reason, words } from './words';

const signs: Record<Answer['state'], string> = { kept: '○', received: '✓', shown: '✓✓', refused: '✕' };

interface Given {
  answers: readonly Answer[];
  current: number;
  durable: boolean;
  onTakeBack: (answer: Answer) => void;
}

export function AnswerList({ answers, current, durable, onTakeBack }: Given) {
  const t = useWords(words);
  const newestFirst = [...answers].reverse();
  const rounds = [...new Set(newestFirst.map((answer) => answer.round))].sort((a, b) => b - a);
  return (
    <aside class="ours" aria-label={t.ours}>
      <h2>
        {t.ours} {answers.length > 0 && <span class="count">{answers.length}</span>}
      </h2>
      {answers.length === 0 && <p class="none">{t.none}</p>}
      {rounds.map((round) => (
        <section key={round}>
          {(round !== current || rounds.length > 1) && <h3>{t.question(round)}</h3>}
          <ul>
            {newestFirst
              .filter((answer) => answer.round === round)
              .map((answer) => (
                <li key={answer.id} class={answer.state} data-id={answer.id}>
                  <p class="text" dir="auto">
                    {answer.text}
                  </p>
                  <p class="state">
                    <span class="sign" aria-hidden="true">
                      {signs[answer.state]}
                    </span>{' '}
                    {answer.state === 'kept' && !durable ? t.keptMemory : t[answer.state]}
                    {answer.state === 'refused' && ` : ${reason(t, answer)}`}
                  </p>
                  {answer.state === 'refused' && (
                    <button type="button" onClick={() => onTakeBack(answer)}>
                      {t.takeBack}
                    </button>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </aside>
  );
}
