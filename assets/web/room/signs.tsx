// What the director says to tables and phones: the time, notices, the bell and where each goes; and what an answer is for.
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { useTick, useWords } from '../shared/hooks';
import { contributionKinds, type ContributionKind, type OpenRound, type RoomView, type Seating } from '../shared/protocol';
import { countdown, standingWarning, stands, timeLeft, useShowSecond } from '../shared/rounds';
import { words } from './words';

const bellLength = 45_000; // how long its sign stands: time to find the next table

export function Countdown({ round, connection }: { round: OpenRound; connection: Connection }) {
  const t = useWords(words);
  const left = timeLeft(round, useShowSecond(connection, round));
  if (round.paused_since_ms !== null) {
    return (
      <span class="time held">
        {t.held} {left !== null && countdown(left)}
      </span>
    );
  }
  if (left === null) return null;
  return (
    <span class={left <= 0 ? 'time over' : left <= 60_000 ? 'time soon' : 'time'} role="timer">
      {left <= 0 ? t.timeOver : <>{t.timeLeft} <b>{countdown(left)}</b></>}
    </span>
  );
}

// A typed notice goes before one that comes by itself.
export function Notices({ view, connection }: { view: RoomView; connection: Connection }) {
  const t = useWords(words);
  const now = useShowSecond(connection, view.round);
  const warning = view.round ? standingWarning(view.round, view.warn_s, now) : null;
  const said = stands(view.notice, now) ? view.notice.text : warning === null ? '' : t.warning(warning);
  return (
    <p class={said === '' ? 'said' : 'said shown'} role="status">
      {said}
    </p>
  );
}

// Rung just now: who of this table goes where. The plan says it after the bell: who sits where now came from here.
export function Bell({ table, view, connection }: { table: number; view: RoomView; connection: Connection }) {
  const t = useWords(words);
  const [seatings, setSeatings] = useState<{ before: Seating | null; now: Seating | null }>({ before: null, now: null });
  useEffect(
    () =>
      connection.onMessage((message) => {
        if (message.type !== 'seating') return;
        const next = message.seating;
        // What was told as next is what people leave from: a tablet that was away knows no more than where they are.
        setSeatings(({ now }) => ({ before: now && now.sits + 1 === next.sits ? now : null, now: next }));
      }),
    [connection],
  );
  const rings = (now: number): boolean => view.bell_ms !== null && now >= view.bell_ms && now < view.bell_ms + bellLength;
  const now = connection.showNow();
  useTick(1000, rings(now));
  if (!rings(now)) return null;
  const { before, now: sits } = seatings;
  const from = before?.now?.[table - 1] ?? [];
  const goes = (person: number): number => (sits?.now?.findIndex((people) => people.includes(person)) ?? -1) + 1;
  const moves = from.map((person) => ({ person, to: goes(person) })).filter(({ to }) => to > 0);
  const coming = (sits?.now?.[table - 1] ?? []).filter((person) => !from.includes(person));
  const name = (person: number): string => (sits?.unit === 'groups' ? t.group(person) : t.person(person));
  return (
    <section class="bell" role="alert" aria-labelledby="bell">
      <h2 id="bell">
        <span aria-hidden="true">🔔</span> {moves.length > 0 ? t.changeTables : t.bell}
      </h2>
      {moves.length > 0 && (
        <ul>
          {moves.map(({ person, to }) => (
            <li key={person} class={to === table ? 'stays' : ''}>
              <span>{name(person)}</span> <b>{to === table ? t.staysHere : t.goesTo(to)}</b>
            </li>
          ))}
        </ul>
      )}
      {before && coming.length > 0 && <p>{t.coming(coming.map(name))}</p>}
    </section>
  );
}

interface PartsGiven {
  round: OpenRound;
  chosen: number;
  locked: boolean;
  onChoose: (part: number) => void;
}

export function Parts({ round, chosen, locked, onChoose }: PartsGiven) {
  const t = useWords(words);
  if (round.parts.length === 0 || locked) return null;
  return (
    <fieldset class="parts">
      <legend>{t.part}</legend>
      {['', ...round.parts].map((part, at) => (
        <label key={at}>
          <input type="radio" name="part" checked={at === chosen} onChange={() => onChoose(at)} />
          <span {...(at > 0 ? { lang: round.language } : {})}>{at === 0 ? t.whole : part}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Kinds({ chosen, onChoose }: { chosen: ContributionKind; onChoose: (kind: ContributionKind) => void }) {
  const t = useWords(words);
  return (
    <fieldset class="kinds">
      <legend class="hidden">{t.kind}</legend>
      {contributionKinds.map((kind) => (
        <label key={kind}>
          <input type="radio" name="kind" checked={kind === chosen} onChange={() => onChoose(kind)} />
          <span>{t[`kind_${kind}`]}</span>
        </label>
      ))}
    </fieldset>
  );
}
