// One sentence that stays until it is closed or another takes its place: why something was not taken.
import { useObservable, useWords } from '../shared/hooks';
import { dictionary } from '../shared/i18n';
import type { Observable } from '../shared/observable';

const words = dictionary({ close: 'Fermer' }, { close: 'Close' });

export function Told({ told }: { told: Observable<string> }) {
  const t = useWords(words);
  const text = useObservable(told);
  return (
    <div class="told" role="alert">
      {text !== '' && (
        <p>
          <span>{text}</span>
          <button type="button" aria-label={t.close} onClick={() => told.set('')}>
            ✕
          </button>
        </p>
      )}
    </div>
  );
}
