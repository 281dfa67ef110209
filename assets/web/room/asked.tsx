// What the room is asked besides its question: votes and tensions that are open; then what came of them.
import { useState } from 'preact/hooks';
import type { Casts } from '../shared/casts';
import { useWords } from '../shared/hooks';
import { asTexts, useKept } from '../shared/kept';
import type { Asks, Poll, Tension } from '../shared/protocol';
import { PollCard } from './polls';
import { saidWords } from './said-words';
import { TensionCard } from './tensions';

interface Given {
  asks: Asks | null;
  casts: Casts;
  reacts: boolean;
}

export const asksNow = (asks: Asks | null): boolean => asks !== null && (asks.polls.some(({ open }) => open) || asks.tensions.some(({ open }) => open));

export function Asked({ asks, casts, reacts }: Given) {
  if (!asks || !asksNow(asks)) return null;
  return (
    <div class="asked" id="asked">
      {asks.polls
        .filter(({ open }) => open)
        .map((poll) => (
          <PollCard key={poll.number} poll={poll} casts={casts} reacts={reacts} />
        ))}
      {asks.tensions
        .filter(({ open }) => open)
        .map((tension) => (
          <TensionCard key={tension.number} tension={tension} casts={casts} reacts={reacts} />
        ))}
    </div>
  );
}

// The last results stand for themselves until somebody hides them or another vote opens.
export function useLatest(asks: Asks | null): { poll: Poll | null; hide: () => void } {
  const [hidden, setHidden] = useKept('hidden', [], asTexts, 'session');
  const open = asks?.polls.some((poll) => poll.open) ?? false;
  const poll = open ? null : (asks?.polls.filter(({ results }) => results).slice(-1)[0] ?? null);
  if (!poll || hidden.includes(String(poll.number))) return { poll: null, hide: () => undefined };
  return { poll, hide: () => setHidden([...hidden, String(poll.number)]) };
}

export function Latest({ latest: { poll, hide }, casts }: { latest: ReturnType<typeof useLatest>; casts: Casts }) {
  if (!poll) return null;
  return (
    <div class="asked latest">
      <PollCard key={poll.number} poll={poll} casts={casts} reacts={false} onHide={hide} />
    </div>
  );
}

const weighed = ({ open, weights }: Tension): boolean => !open && (weights ?? []).some(({ agree, disagree, pass }) => agree + disagree + pass > 0);
const atFirst = 4;

// All that was decided or weighed, the newest first.
export function Found({ asks, casts, without }: { asks: Asks | null; casts: Casts; without?: number | undefined }) {
  const s = useWords(saidWords);
  const [all, showAll] = useState(false);
  const polls = asks?.polls.filter(({ results, number }) => results && number !== without).reverse() ?? [];
  const tensions = asks?.tensions.filter(weighed).reverse() ?? [];
  if (polls.length + tensions.length === 0) return null;
  const most = all ? Infinity : atFirst;
  return (
    <section class="found">
      <h2>{s.results}</h2>
      {polls.slice(0, most).map((poll) => (
        <PollCard key={`p${poll.number}`} poll={poll} casts={casts} reacts={false} />
      ))}
      {tensions.slice(0, most).map((tension) => (
        <TensionCard key={`t${tension.number}`} tension={tension} casts={casts} reacts={false} />
      ))}
      {Math.max(polls.length, tensions.length) > most && (
        <button type="button" onClick={() => showAll(true)}>
          {s.earlierResults}
        </button>
      )}
    </section>
  );
}
