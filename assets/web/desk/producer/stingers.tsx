// The stingers that this show has, to be chosen as the transition.
import { useWords } from '../../shared/hooks';
import { dictionary } from '../../shared/i18n';
import type { Command, DeskView } from '../../shared/protocol';

const words = dictionary(
  { stingers: 'Clips de transition', cut: (seconds: string) => `coupe à ${seconds} s` },
  { stingers: 'Stingers', cut: (seconds: string) => `cut at ${seconds} s` },
);

interface Given {
  stingers: NonNullable<DeskView['setup']['stingers']>;
  chosen: DeskView['stage']['transition'];
  labelOf: (name: string) => string;
  send: (command: Command) => void;
}

export function Stingers({ stingers, chosen, labelOf, send }: Given) {
  const t = useWords(words);
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
          {labelOf(source)} <span class="note">{t.cut((cut_ms / 1000).toFixed(2))}</span>
        </button>
      ))}
    </div>
  );
}
