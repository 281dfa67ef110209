// What the others say: the newest, what stands in the light, the themes; liking it, and setting it against one's own.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isWaiting, lastOf, type Casts } from '../shared/casts';
import type { Connection } from '../shared/connection';
import { useObservable, useWords } from '../shared/hooks';
import type { Observable } from '../shared/observable';
import type { HoldReason, ShortContribution, Theme, Voices } from '../shared/protocol';
import type { Feeds } from './feeds';
import type { Answer } from './outbox';
import { saidWords } from './said-words';
import { steady, type Steady } from './steady';
import { reason, words } from './words';

const restAfter = 12_000; // since the last touch: the list flows again
const settles = 5000; // so long after a tap the counts of the room may not have it yet

interface Given {
  feeds: Feeds;
  casts: Casts;
  answers: readonly Answer[]; // one's own
  reacts: boolean;
  told: Observable<string>;
  connection: Connection;
  opposes: boolean; // may set things against its own
}

// The newest ones, still while somebody is at them.
function useSteady(newest: readonly ShortContribution[]): Steady & { touch: () => void; renew: () => void } {
  const touched = useRef(-Infinity);
  const [shown, setShown] = useState<Steady>({ list: newest, waiting: 0 });
  const latest = useRef(newest);
  latest.current = newest;
  const step = (): void => setShown((now) => steady(now.list, latest.current, performance.now() - touched.current < restAfter));
  useEffect(step, [newest]);
  useEffect(() => {
    if (shown.waiting === 0) return undefined;
    const timer = setTimeout(step, restAfter);
    return () => clearTimeout(timer);
  }, [shown]);
  return {
    ...shown,
    touch: () => {
      touched.current = performance.now();
    },
    renew: () => {
      touched.current = -Infinity;
      step();
    },
  };
}

// How often something is liked, with one's own tap in it before the room's count has it.
function useLikes(casts: Casts): (one: ShortContribution) => { on: boolean; likes: number; tap: () => void } {
  const said = useObservable(casts.all);
  const taps = useRef(new Map<string, { at: number; from: number; by: number }>());
  const [, again] = useState(0);
  return (one) => {
    const item = `like/${one.id}`;
    const on = lastOf(said, item, 'like')?.on ?? false;
    const tap = taps.current.get(one.id);
    const counts = tap && one.likes === tap.from && on === tap.by > 0 && (isWaiting(said, item) || performance.now() - tap.at < settles);
    return {
      on,
      likes: Math.max(0, one.likes + (counts ? tap.by : 0)),
      tap: () => {
        taps.current.set(one.id, { at: performance.now(), from: one.likes, by: on ? -1 : 1 });
        setTimeout(() => again((n) => n + 1), settles);
        casts.say({ kind: 'like', contribution: one.id, on: !on });
      },
    };
  };
}

export function Heard(given: Given) {
  const s = useWords(saidWords);
  const voices = useObservable(given.feeds.voices);
  const newest = voices?.newest ?? none;
  const { list, waiting, touch, renew } = useSteady(newest);
  const likesOf = useLikes(given.casts);
  const own = new Set(given.answers.map(({ id }) => id));
  const lit = voices?.spotlight ?? null;
  const voice = (one: ShortContribution, spot: boolean) => (
    <Voice key={spot ? `lit-${one.id}` : one.id} one={one} own={own.has(one.id)} like={likesOf(one)} spot={spot} {...given} />
  );
  return (
    <section class="heard" aria-label={s.room}>
      {lit && (
        <>
          <h3>{s.spotlight}</h3>
          <ul>{voice(lit, true)}</ul>
        </>
      )}
      {waiting > 0 && (
        <button type="button" class="renew" onClick={renew}>
          ↑ {s.newOnes(waiting)}
        </button>
      )}
      {list.length === 0 && !lit && <p class="none">{s.nothingSaid}</p>}
      <ul class="newest" onPointerDown={touch} onFocusCapture={touch} onWheel={touch} onTouchMove={touch}>
        {list.filter(({ id }) => id !== lit?.id).map((one) => voice(one, false))}
      </ul>
      {voices && <Themes themes={voices.themes} />}
      {voices && <Held voices={voices} />}
    </section>
  );
}
const none: readonly ShortContribution[] = [];

interface VoiceGiven extends Given {
  one: ShortContribution;
  own: boolean;
  spot: boolean;
  like: { on: boolean; likes: number; tap: () => void };
}

function Voice({ one, own, spot, like, reacts, answers, told, connection, opposes }: VoiceGiven) {
  const s = useWords(saidWords);
  const t = useWords(words);
  const [opposing, setOpposing] = useState(false);
  return (
    <li class={[own ? 'own' : '', spot ? 'lit' : ''].join(' ').trim()} data-id={one.id}>
      <p class="who">
        {one.table > 0 ? s.fromTable(one.table) : s.fromPhone}
        {one.kind !== 'idea' && <span class={`kind ${one.kind}`}>{t[`kind_${one.kind}`]}</span>}
        {own && <span class="kind">{s.ours}</span>}
      </p>
      {one.title !== '' && <h4 dir="auto">{one.title}</h4>}
      <p class="text" dir="auto">
        {one.text}
      </p>
      <div class="acts">
        <button type="button" class="like" aria-pressed={like.on} disabled={own || !reacts} onClick={like.tap}>
          <i class="hidden">{s.like(one.title || one.text)}</i> <span aria-hidden="true">{like.on ? '♥' : '♡'}</span> <b>{like.likes}</b>
        </button>
        {opposes && !own && !opposing && (
          <button type="button" class="oppose" aria-label={`${s.oppose} : ${one.title || one.text}`} onClick={() => setOpposing(true)}>
            <span aria-hidden="true">⇄</span> {s.oppose}
          </button>
        )}
      </div>
      {opposing && <Oppose other={one} answers={answers} connection={connection} told={told} onEnd={() => setOpposing(false)} />}
    </li>
  );
}

interface OpposeGiven {
  other: ShortContribution;
  answers: readonly Answer[];
  connection: Connection;
  told: Observable<string>;
  onEnd: () => void;
}

// Sent once: a second sending would make a second tension.
function Oppose({ other, answers, connection, told, onEnd }: OpposeGiven) {
  const s = useWords(saidWords);
  const shown = answers.filter(({ own }) => own?.state === 'shown' || own?.state === 'gathered').reverse();
  const [chosen, choose] = useState(shown.length === 1 ? (shown[0]?.id ?? '') : '');
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    const outcome = await connection.command({ kind: 'set_tension', sides: [{ contribution: chosen }, { contribution: other.id }] });
    setBusy(false);
    told.set(outcome.ok ? s.opposeDone : reason(s, outcome));
    if (outcome.ok) onEnd();
  };
  return (
    <form
      class="opposing" onKeyDown={(event) => event.key === 'Escape' && onEnd()}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== '' && !busy) void send();
      }}
    >
      {shown.length === 0 ? (
        <p>{s.opposeNone}</p>
      ) : (
        <fieldset class="choices">
          <legend>{s.opposeTo}</legend>
          {shown.map(({ id, text, title }) => (
            <label key={id}>
              <input type="radio" name={`against-${other.id}`} checked={chosen === id} onChange={() => choose(id)} />
              <span dir="auto">{title || text}</span>
            </label>
          ))}
        </fieldset>
      )}
      <div class="acts">
        {shown.length > 0 && (
          <button type="submit" class="main" disabled={chosen === '' || busy}>
            {s.opposeSend}
          </button>
        )}
        <button type="button" onClick={onEnd}>
          {s.cancel}
        </button>
      </div>
    </form>
  );
}

function Themes({ themes }: { themes: readonly Theme[] }) {
  const s = useWords(saidWords);
  const some = themes.filter(({ size, outcome }) => size > 0 || outcome);
  if (some.length === 0) return null;
  return (
    <section class="themes">
      <h3>{s.themes}</h3>
      <ul>
        {some.map(({ number, title, size, outcome }) => (
          <li key={number}>
            <p>
              <span dir="auto">{title}</span> <b class="count">{size}</b>
            </p>
            {outcome && (
              <div class="word outcome">
                <p>{s.outcome}</p>
                <p dir="auto">{outcome.text}</p>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

// Public on purpose: how much is held, and why.
function Held({ voices }: { voices: Voices }) {
  const s = useWords(saidWords);
  const reasons = (Object.entries(voices.held) as [HoldReason, number][]).filter(([, n]) => n > 0);
  const all = reasons.reduce((sum, [, n]) => sum + n, 0);
  return (
    <section class="held-counts">
      <h3>{s.notShown}</h3>
      <p>{all === 0 ? s.noneHeld : s.heldAll(all)}</p>
      {all > 0 && (
        <ul>
          {reasons.map(([name, n]) => (
            <li key={name}>
              <b>{n}</b> {s[`count_${name}`]}
            </li>
          ))}
        </ul>
      )}
      <p class="more">{s.criticismStays}</p>
    </section>
  );
}
