// High contrast by a button, for who cannot set it in the system; kept on the device.
import { useWords } from './hooks';
import { dictionary } from './i18n';
import { asFlag, useKept } from './kept';
import { recall } from './storage';

const words = dictionary({ contrast: 'Contraste renforcé' }, { contrast: 'High contrast' });

const mark = (on: boolean): void => {
  if (on) document.documentElement.dataset['contrast'] = 'more';
  else delete document.documentElement.dataset['contrast'];
};
mark(recall('contrast') === 'true');

export function ContrastSwitch() {
  const t = useWords(words);
  const [on, set] = useKept('contrast', false, asFlag);
  return (
    <button
      type="button" class="contrast" aria-pressed={on} aria-label={t.contrast} title={t.contrast}
      onClick={() => {
        set(!on);
        mark(!on);
      }}
    >
      <span aria-hidden="true">◐</span>
    </button>
  );
}
