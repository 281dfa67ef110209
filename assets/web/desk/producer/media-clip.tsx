// One clip: time remaining in large figures, a scrubber, and the keys of a player.
import { useRef, useState } from 'preact/hooks';
import { useObservable, useTick, useWords } from '../../shared/hooks';
import { clipEnd, clipPoint, remaining } from '../../shared/clips';
import { clock, seconds } from '../../shared/format';
import { language } from '../../shared/i18n';
import { useMay } from '../../shared/may';
import type { Command, Transport } from '../../shared/protocol';
import { words } from './media-words';

const speeds: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 4];
const ends = ['hold', 'stop', 'next'] as const;
const usualRate = 25;
const drawEvery = 100;
const soon = 10_000; // milliseconds: the end comes near

interface Given {
  name: string;
  label: string;
  transport: Transport;
  rate: number; // pictures a second, 0 if not known
  others: readonly string[]; // what can follow
  stinger: number | null; // of a clip that is a transition: when it cuts, milliseconds
  added: boolean; // while the show ran: it can be removed
  showNow: () => number; // nanoseconds
  labelOf: (source: string) => string;
  send: (command: Command) => Promise<void>;
}

export function ClipRow({ name, label, transport, rate, others, stinger, added, showNow, labelOf, send }: Given) {
  const t = useWords(words);
  const lang = useObservable(language);
  const may = useMay();
  const sets = may('set_clip');
  useTick(drawEvery, transport.motion === 'playing');
  const now = showNow();
  const point = clipPoint(transport, now);
  const playing = point.state === 'playing';
  const left = remaining(transport, now);
  const set = (change: Omit<Extract<Command, { kind: 'set_clip' }>, 'kind' | 'source'>): void =>
    void send({ kind: 'set_clip', source: name, ...change });
  const here = (): number => clipPoint(transport, showNow()).position / 1e6;
  return (
    <li class={`clip ${point.state}`} data-clip={name} data-state={point.state}>
      <p class="head">
        <span class="title">{label}</span>
        <span class="state">{t.states(point.state)}</span>
      </p>
      <p class={playing && !transport.loop && left < soon ? 'left soon' : 'left'}>
        <span class="hidden">{t.remaining} : </span>
        <span class="figures">−{clock(left)}</span>
        <span class="tenths">{`.${Math.floor(left / 100) % 10}`}</span>
      </p>
      <Scrubber label={t.position(label)} position={point.position / 1e6} {...{ name, transport, rate, send }} />
      <div class="keys">
        <button type="button" onClick={() => void send({ kind: 'cue', sources: [name] })} {...may('cue')}>
          {t.cue}
        </button>
        <button type="button" class="play" aria-pressed={playing} onClick={() => void send({ kind: playing ? 'pause' : 'play', sources: [name] })} {...may(playing ? 'pause' : 'play')}>
          {playing ? t.pause : t.play}
        </button>
        <button type="button" aria-pressed={transport.loop} onClick={() => set({ loop: !transport.loop })} {...sets}>
          {t.loop}
        </button>
        <button type="button" aria-pressed={transport.play_on_take} onClick={() => set({ play_on_take: !transport.play_on_take })} {...sets}>
          {t.onTake}
        </button>
        <button
          type="button"
          aria-pressed={stinger !== null}
          onClick={() => void send({ kind: stinger === null ? 'set_stinger' : 'remove_stinger', source: name })}
          {...may(stinger === null ? 'set_stinger' : 'remove_stinger')}
        >
          {t.stinger}
        </button>
        {stinger !== null && (
          <button
            type="button"
            onClick={() => void send({ kind: 'set_stinger', source: name, cut_ms: Math.round((here() - transport.in / 1e6) / transport.speed) })}
            {...may('set_stinger')}
          >
            {t.cutHere} · {seconds(stinger, lang)}
          </button>
        )}
        <button type="button" onClick={() => set({ in_ms: here() })} {...sets}>
          {t.setIn}
        </button>
        <button type="button" onClick={() => set({ out_ms: here() + 1000 / (rate || usualRate) })} {...sets}>
          {t.setOut}
        </button>
        <button type="button" disabled={transport.in === 0 && transport.out === null} onClick={() => set({ in_ms: 0, out_ms: 0 })} {...sets}>
          {t.clearPoints}
        </button>
        <label>
          {t.speed}
          <select value={transport.speed} onChange={(event) => set({ speed: Number(event.currentTarget.value) })} {...sets}>
            {[...new Set([...speeds, transport.speed])]
              .sort((a, b) => a - b)
              .map((speed) => (
                <option key={speed} value={speed}>
                  {speed} ×
                </option>
              ))}
          </select>
        </label>
        <label>
          {t.atEnd}
          <select
            value={transport.at_end}
            disabled={transport.loop}
            onChange={(event) => {
              const end = event.currentTarget.value as (typeof ends)[number];
              set(end === 'next' ? { at_end: end, next: transport.next || (others[0] ?? '') } : { at_end: end });
            }}
            {...sets}
          >
            {ends.map((end) => (
              <option key={end} value={end}>
                {t.ends(end)}
              </option>
            ))}
          </select>
        </label>
        {transport.at_end === 'next' && !transport.loop && (
          <label>
            <span class="hidden">{t.next}</span>
            <select value={transport.next} onChange={(event) => set({ next: event.currentTarget.value })} {...sets}>
              {others.map((other) => (
                <option key={other} value={other}>
                  {labelOf(other)}
                </option>
              ))}
            </select>
          </label>
        )}
        {added && (
          <button type="button" class="quiet" aria-label={t.remove(label)} onClick={() => void send({ kind: 'remove_source', name })} {...may('remove_source')}>
            ✕
          </button>
        )}
      </div>
    </li>
  );
}

interface ScrubberProps {
  name: string;
  label: string;
  transport: Transport;
  position: number; // milliseconds
  rate: number;
  send: (command: Command) => Promise<void>;
}

// Dragged, or stepped by the arrow keys a picture at a time. One cue is under way at most; the last place wins.
function Scrubber({ name, label, transport, position, rate, send }: ScrubberProps) {
  const may = useMay();
  const [held, setHeld] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const busy = useRef(false);
  const whole = transport.duration / 1e6;
  const picture = 1000 / (rate || usualRate);
  const cue = async (to: number): Promise<void> => {
    setHeld(to);
    wanted.current = to;
    if (busy.current) return;
    busy.current = true;
    while (wanted.current !== null) {
      const next: number = wanted.current;
      wanted.current = null;
      // The middle of the picture: no rounding of times puts it beside.
      await send({ kind: 'cue', sources: [name], position_ms: Math.floor(next / picture + 1e-6) * picture + picture / 2 });
    }
    busy.current = false;
    setHeld(null);
  };
  const [from, to] = [transport.in / 1e6, Math.min(clipEnd(transport), transport.duration) / 1e6];
  return (
    <div class="scrubber">
      <svg class="range" viewBox={`0 0 ${whole} 1`} preserveAspectRatio="none" aria-hidden="true">
        <rect x={from} width={Math.max(0, to - from)} height={1} />
      </svg>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={clock(held ?? position)}
        min={0}
        max={whole}
        step={picture}
        value={held ?? position}
        onInput={(event) => void cue(Number(event.currentTarget.value))}
        {...may('cue')}
      />
      <span class="at" aria-hidden="true">
        {clock(held ?? position)} / {clock(whole)}
      </span>
    </div>
  );
}
