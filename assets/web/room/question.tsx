// What the room is asked now, and its time.
import type { Connection } from '../shared/connection';
import { useWords } from '../shared/hooks';
import type { RoomView } from '../shared/protocol';
import { Countdown } from './signs';
import { words } from './words';

export function Question({ view, connection }: { view: RoomView | null; connection: Connection }) {
  const t = useWords(words);
  const round = view?.round ?? null;
  return (
    <section class="ask" aria-live="polite">
      {round ? (
        <>
          <div class="over">
            <span>{t.question(round.number)}</span> <Countdown round={round} connection={connection} />
          </div>
          <h1 lang={round.language || view?.language}>{round.question}</h1>
        </>
      ) : (
        view && (
          <>
            <p class="over">{view.title}</p>
            <h1>{t.noRound}</h1>
            <p class="more">{t.noRoundMore}</p>
          </>
        )
      )}
    </section>
  );
}
