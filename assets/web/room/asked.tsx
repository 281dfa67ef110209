// What the room is asked besides its question: votes and tensions that are open, and the last results.
import { useState } from 'preact/hooks';
import type { Casts } from '../shared/casts';
import { useObservable } from '../shared/hooks';
import { asTexts, useKept } from '../shared/kept';
import type { Asks } from '../shared/protocol';
import { PollCard } from './polls';
import { TensionCard } from './tensions';

export const asksNow = (asks: Asks | null): boolean => asks !== null && (asks.polls.some(({ open }) => open) || asks.tensions.some(({ open }) => open));

interface Given {
  asks: Asks | null;
  casts: Casts;
  reacts: boolean;
}

// Results stay where the vote was until somebody hides them or another vote opens.
export function Asked({ asks, casts, reacts }: Given) {
  const [hidden, hide] = useKept('hidden', [], asTexts, 'session');
  if (!asks) return null;
  const open = asks.polls.filter((poll) => poll.open);
  const last = open.length === 0 ? asks.polls.filter(({ results }) => results).slice(-1) : [];
  const polls = [...open, ...last.filter(({ number }) => !hidden.includes(String(number)))];
  const tensions = asks.tensions.filter((tension) => tension.open);
  if (polls.length + tensions.length === 0) return null;
  return (
    <div class="asked" id="asked">
      {polls.map((poll) => (
        <PollCard key={poll.number} poll={poll} casts={casts} reacts={reacts} {...(poll.open ? {} : { onHide: () => hide([...hidden, String(poll.number)]) })} />
      ))}
      {tensions.map((tension) => (
        <TensionCard key={tension.number} tension={tension} casts={casts} reacts={reacts} />
      ))}
    </div>
  );
}

// All that was decided or weighed, the newest first.
export function Found({ asks: store, casts }: { asks: Parameters<typeof useObservable<Asks | null>>[0]; casts: Casts }) {
  const asks = useObservable(store);
  const [most, more] = useState(6);
  if (!asks) return null;
  const polls = asks.polls.filter(({ results }) => results).reverse();
  const tensions = asks.tensions.filter(({ open, weights }) => !open && weights).reverse();
  return (
    <div class="found">
      {polls.slice(0, most).map((poll) => (
        <PollCard key={`p${poll.number}`} poll={poll} casts={casts} reacts={false} />
      ))}
      {tensions.slice(0, most).map((tension) => (
        <TensionCard key={`t${tension.number}`} tension={tension} casts={casts} reacts={false} />
      ))}
      {polls.length + tensions.length > 2 * most && (
        <button type="button" onClick={() => more(most * 2)}>
          …
        </button>
      )}
    </div>
  );
}
