// Contributions that seem to say the same: a person looks at them, chooses them and gathers, or goes on.
import { useState } from 'preact/hooks';
import { useObservable, useWords } from '../../shared/hooks';
import type { Suggestion } from '../../shared/protocol';
import type { Store } from './store';
import { words } from './words';

const shownAtOnce = 5;

interface Given {
  store: Store;
  choose: (ids: readonly string[]) => void;
}

export function Suggestions({ store, choose }: Given) {
  const t = useWords(words);
  useObservable(store.list); // what is said may change
  const suggestions = useObservable(store.suggestions);
  const [most, setMost] = useState(shownAtOnce);
  if (suggestions.length === 0) return null;
  return (
    <section class="suggestions" aria-labelledby="suggestions">
      <h3 id="suggestions">{t.suggestions(suggestions.length)}</h3>
      <ul>
        {suggestions.slice(0, most).map((one) => (
          <li key={one.contributions.join()}>
            <Alike suggestion={one} store={store} choose={choose} />
          </li>
        ))}
      </ul>
      {suggestions.length > most && (
        <button type="button" class="small" onClick={() => setMost(most * 3)}>
          {t.moreSuggestions}
        </button>
      )}
    </section>
  );
}

function Alike({ suggestion, store, choose }: Given & { suggestion: Suggestion }) {
  const t = useWords(words);
  const [first, second] = suggestion.contributions.map((id) => store.get(id)?.text ?? '');
  return (
    <>
      <p>
        <q>{first}</q>
        {second !== first && (
          <>
            {' · '}
            <q>{second}</q>
          </>
        )}
      </p>
      <button type="button" class="small" onClick={() => choose(suggestion.contributions)}>
        {t.chooseAlike(suggestion.contributions.length)}
      </button>
    </>
  );
}
