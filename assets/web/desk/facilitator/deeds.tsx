// Steps that were taken, who took them, and a way back for each.
import { useObservable, useTick, useWords } from '../../shared/hooks';
import { dictionary, language } from '../../shared/i18n';
import { age } from '../../shared/format';
import { called } from '../../shared/names';
import type { Deed } from '../../shared/protocol';
import { voiceDeedsEn, voiceDeedsFr } from '../../shared/voice-words';
import type { Doing } from './doing';
import { canUndo, label } from './queue';
import type { Store } from './store';
import { words } from './words';

export const deedWords = dictionary(voiceDeedsFr, voiceDeedsEn);

interface LineGiven {
  deed: Deed;
  now: number; // milliseconds of show time
  about?: string;
  undo?: (deed: number) => void;
}

export function DeedLine({ deed, now, about = '', undo }: LineGiven) {
  const t = useWords(words);
  const d = useWords(deedWords);
  const lang = useObservable(language);
  return (
    <li class={deed.undone_by === 0 ? 'deed' : 'deed undone'} data-deed={deed.number}>
      <p>
        <strong>{deed.by === 'machine' ? t.machine : deed.by}</strong> {deed.undoes === 0 ? called(d, deed.command) : t.undoes(deed.undoes)} {about && <span class="about">{about}</span>}{' '}
        <time>
          {t.step(deed.number)} · {age(Math.max(0, now - deed.at_ms), lang)}
        </time>
      </p>
      {deed.undone_by !== 0 ? (
        <span class="back">{t.undone}</span>
      ) : (
        undo && (
          <button type="button" class="small" aria-label={`${t.undo} ${deed.number}`} onClick={() => undo(deed.number)}>
            {t.undo}
          </button>
        )
      )}
    </li>
  );
}

export function Deeds({ store, doing, showNow }: { store: Store; doing: Doing; showNow: () => number }) {
  const t = useWords(words);
  const recent = useObservable(store.consolidation)?.recent ?? [];
  useTick(10_000, recent.length > 0);
  const tensionName = (number: number): string => {
    const sides = store.consolidation.get()?.tensions.find((tension) => tension.number === number)?.sides ?? [];
    return sides.map((side) => (side ? label(side, 24) : t.gone)).join(' ↔ ');
  };
  const about = (deed: Deed): string => {
    const [theme] = deed.themes;
    const [id] = deed.contributions;
    const c = store.get(id ?? null);
    const parts = [
      deed.contributions.length > 1 ? t.size(deed.contributions.length) : c ? label(c, 48) : '',
      theme ? (c ? `→ ${theme.title}` : theme.title) : '',
      deed.terms.join(', '),
      deed.tensions.map((number) => tensionName(number)).join(', '),
    ];
    return parts.filter(Boolean).join(' ');
  };
  return (
    <div class="deeds">
      {recent.length === 0 && <p class="empty">{t.noDeeds}</p>}
      <ol>
        {recent.map((deed) => (
          <DeedLine key={deed.number} deed={deed} now={showNow()} about={about(deed)} {...(canUndo(deed) && { undo: doing.undo })} />
        ))}
      </ol>
    </div>
  );
}
