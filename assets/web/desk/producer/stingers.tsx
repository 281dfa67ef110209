// The stingers that this show has, to be chosen as the transition.
import { seconds } from '../../shared/format';
import { useObservable, useWords } from '../../shared/hooks';
import { dictionary, language } from '../../shared/i18n';
import type { Command, DeskView } from '../../shared/protocol';

const words = dictionary(
  {
    stingers: 'Clips de transition',
    cut: (time: string) => `coupe à ${time}`,
    faults: (code: string): string => (code === 'stinger_late' ? 'ne tient pas le rythme : coupe seule par moments' : 'ne se lit pas : coupe seule'),
  },
  {
    stingers: 'Stingers',
    cut: (time: string) => `cut at ${time}`,
    faults: (code: string): string => (code === 'stinger_late' ? 'does not keep up: at times a bare cut' : 'cannot be played: a bare cut'),
  },
);

interface Given {
  stingers: NonNullable<DeskView['setup']['stingers']>;
  chosen: DeskView['stage']['transition'];
  labelOf: (name: string) => string;
  faults: readonly { name: string; code: string; message: string }[]; // of its last run
  send: (command: Command) => void;
}

export function Stingers({ stingers, chosen, labelOf, faults, send }: Given) {
  const t = useWords(words);
  const lang = useObservable(language);
  if (stingers.length === 0) return null;
  const length = Math.round(chosen.length / 1e6);
  return (
    <div class="stingers" role="group" aria-label={t.stingers}>
      {stingers.map(({ source, cut_ms }) => (
        <button
          key={source}
          type="button"
          aria-pressed={chosen.name === source}
          data-effect={source}
          onClick={() => send({ kind: 'set_transition', transition: source, length_ms: length })}
        >
          {labelOf(source)} <span class="note">{t.cut(seconds(cut_ms, lang))}</span>
          {faults
            .filter(({ name }) => name === source)
            .map(({ code, message }) => (
              <span key={code} class="fault" title={message}>
                {' '}
                <span aria-hidden="true">▲</span> {t.faults(code)}
              </span>
            ))}
        </button>
      ))}
    </div>
  );
}
