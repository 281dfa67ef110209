// Over every desk while nothing can be written to disk: what still acts, what waits, and what to do. Part of the
// page all the time, so that screen readers hear it come.
import { useObservable, useWords } from './hooks';
import { dictionary } from './i18n';
import type { Observable } from './observable';
import type { Actual } from './protocol';

const words = dictionary(
  {
    what: "Le disque n'écrit plus : rien n'est gardé",
    means: 'Les coupes agissent encore sur les faces. Les réponses attendent sur les tablettes ; les questions ne peuvent ni changer, ni ouvrir, ni clore.',
    tell: 'Prévenez la technique tout de suite.',
    mend: 'Libérez de la place : Tribune reprend tout seul. Si le disque est en panne, changez-le et relancez Tribune.',
  },
  {
    what: 'The disk no longer writes: nothing is kept',
    means: 'Cuts still act on the faces. Answers wait on the tablets; questions can neither change, open nor close.',
    tell: 'Tell the technician at once.',
    mend: 'Free some space: Tribune goes on by itself. If the disk is broken, change it and start Tribune again.',
  },
);

// `mends`: for who can do something about it, with the server's own sentence.
export function DiskNotice({ actual, mends }: { actual: Observable<Actual | null>; mends?: boolean }) {
  const t = useWords(words);
  const journal = useObservable(actual)?.journal;
  const stuck = journal !== undefined && !journal.storage_ok;
  return (
    <div role="alert" class="disk-notice">
      {stuck && (
        <div>
          <span class="sign" aria-hidden="true">
            ✕
          </span>
          <p>
            <strong>{t.what}</strong> {t.means} <b>{mends ? t.mend : t.tell}</b>
            {mends && journal.reason && (
              <span class="why" lang="en">
                {journal.reason}
              </span>
            )}
          </p>
        </div>
      )}
    </div>
  );
}
