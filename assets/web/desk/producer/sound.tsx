// The mixer: a strip for each source that has sound, and the master. Meters are moved past Preact, ten times a second:
// one transform a bar costs an old laptop next to nothing.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { May, useMay } from '../../shared/may';
import type { Observable } from '../../shared/observable';
import { soundFollows, type Actual, type Command, type SoundChannel, type SoundDesk, type SoundFollow, type SoundLevels } from '../../shared/protocol';
import { useTyped } from '../../shared/typed';
import { words } from './sound-words';

const untouched: SoundChannel = { gain_db: 0, mute: false, solo: false, pan: 0, delay_ms: 0, follow: 'with' };
const lowest = -60; // of a fader; there it is silent
const highest = 12;
const silent = -100;

type Send = (command: Command) => Promise<void>;
type Levels = Observable<SoundLevels | null>;

interface Given {
  desk: SoundDesk;
  levels: Levels;
  outputs: NonNullable<Actual['sound']>;
  sources: { name: string; label: string }[];
  send: Send;
}

export function SoundStrip({ desk, levels, outputs, sources, send }: Given) {
  const t = useWords(words);
  const lost = outputs.filter((output) => output.state !== 'ok');
  return (
    <div class="sound">
      {lost.map((output) => (
        <p key={output.name} class="lost" role="status">
          {t.lost(output.name)}
        </p>
      ))}
      <div class="strips">
        {sources.map((source) => (
          <ChannelStrip
            key={source.name}
            source={source.name}
            label={source.label || source.name}
            channel={desk.channels[source.name] ?? untouched}
            levels={levels}
            send={send}
          />
        ))}
        <MasterStrip master={desk.master} levels={levels} send={send} />
      </div>
    </div>
  );
}

interface ChannelProps {
  source: string;
  label: string;
  channel: SoundChannel;
  levels: Levels;
  send: Send;
}

function ChannelStrip({ source, label, channel, levels, send }: ChannelProps) {
  const t = useWords(words);
  const may = useMay();
  const set = (change: Partial<SoundChannel>): Promise<void> => send({ kind: 'set_channel', source, ...change });
  const delay = useTyped(String(channel.delay_ms), (text) => {
    const wanted = Math.round(Number(text));
    if (text.trim() !== '' && Number.isFinite(wanted)) void set({ delay_ms: Math.min(2000, Math.max(0, wanted)) });
  });
  return (
    <fieldset class="strip" data-channel={source} {...may('set_channel')}>
      <legend>{label}</legend>
      <Meter levels={levels} read={(all) => all.channels.find((c) => c.source === source)} />
      <Fader label={t.gain(label)} value={channel.gain_db} set={(gain_db) => set({ gain_db })} />
      <div class="switches">
        <button type="button" class="mute" aria-pressed={channel.mute} onClick={() => void set({ mute: !channel.mute })}>
          {t.mute}
        </button>
        <button type="button" class="solo" aria-pressed={channel.solo} title={t.soloHelp} onClick={() => void set({ solo: !channel.solo })}>
          {t.solo}
        </button>
      </div>
      <label>
        {t.follow}
        <select value={channel.follow} onChange={(event) => void set({ follow: event.currentTarget.value as SoundFollow })}>
          {soundFollows.map((follow) => (
            <option key={follow} value={follow}>
              {t.follows(follow)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.pan}
        <Slider label={t.panOf(label)} value={channel.pan} min={-1} max={1} step={0.05} text={t.side} set={(pan) => set({ pan })} />
      </label>
      <label>
        {t.delay}
        <input type="number" min={0} max={2000} step={5} {...delay} />
      </label>
    </fieldset>
  );
}

function MasterStrip({ master, levels, send }: { master: SoundDesk['master']; levels: Levels; send: Send }) {
  const t = useWords(words);
  const may = useMay();
  const set = (change: Partial<SoundDesk['master']>): Promise<void> => send({ kind: 'set_master', ...change });
  return (
    <fieldset class="strip master">
      <legend>{t.master}</legend>
      <Meter levels={levels} read={(all) => ({ peak_left_db: all.master_left_db, peak_right_db: all.master_right_db })} />
      <May do="set_master">
        <Fader label={t.gain(t.master)} value={master.gain_db} set={(gain_db) => set({ gain_db })} />
        <div class="switches">
          <button type="button" class="mute" aria-pressed={master.mute} onClick={() => void set({ mute: !master.mute })}>
            {t.mute}
          </button>
          <button type="button" aria-pressed={master.limiter} onClick={() => void set({ limiter: !master.limiter })}>
            {t.limiter}
          </button>
        </div>
      </May>
      <Loudness levels={levels} />
      <button type="button" class="bell" onClick={() => void send({ kind: 'ring_bell' })} {...may('ring_bell')}>
        {t.bell}
      </button>
    </fieldset>
  );
}

interface Peaks {
  peak_left_db: number;
  peak_right_db: number;
}

// Both sides as bars; read out by nobody: the numbers beside master are for that.
function Meter({ levels, read }: { levels: Levels; read: (levels: SoundLevels) => Peaks | undefined }) {
  const bars = [useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null)];
  const reading = useRef(read);
  reading.current = read;
  useEffect(() => {
    const shown = [-1, -1];
    const show = (): void => {
      const all = levels.get();
      const peaks = all ? reading.current(all) : undefined;
      [peaks?.peak_left_db, peaks?.peak_right_db].forEach((db, side) => {
        const part = db === undefined ? 0 : Math.round(100 * Math.min(1, Math.max(0, (db - lowest) / -lowest))) / 100;
        const bar = bars[side]?.current;
        if (!bar || part === shown[side]) return;
        shown[side] = part;
        bar.style.transform = `scaleX(${1 - part})`;
      });
    };
    show();
    return levels.subscribe(show);
  }, [levels]);
  return (
    <div class="meter" aria-hidden="true">
      {bars.map((bar, side) => (
        <div key={side}>
          <span ref={bar} />
        </div>
      ))}
    </div>
  );
}

// Numbers change three times a second: faster nobody reads.
function Loudness({ levels }: { levels: Levels }) {
  const t = useWords(words);
  const lang = useObservable(language);
  const [shown, show] = useState<SoundLevels | null>(levels.get());
  useEffect(() => {
    const timer = setInterval(() => show(levels.get()), 333);
    return () => clearInterval(timer);
  }, [levels]);
  const number = (value: number | undefined): string =>
    value === undefined || value <= -119 ? '–' : value.toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <dl class="loudness">
      <dt title={t.momentary}>M</dt>
      <dd data-loudness="momentary">{number(shown?.momentary_lufs)}</dd>
      <dt title={t.shortTerm}>S</dt>
      <dd data-loudness="short">{number(shown?.short_term_lufs)}</dd>
      <dt title={t.integrated}>I</dt>
      <dd data-loudness="integrated">{number(shown?.integrated_lufs)} LUFS</dd>
      <dt>{t.truePeak}</dt>
      <dd>{number(shown?.true_peak_db)} dBTP</dd>
      <dt>{t.limiter}</dt>
      <dd>{number(shown?.limiter_db)} dB</dd>
    </dl>
  );
}

function Fader({ label, value, set }: { label: string; value: number; set: (db: number) => Promise<void> }) {
  const t = useWords(words);
  return (
    <Slider
      label={label}
      value={Math.max(lowest, value)}
      min={lowest}
      max={highest}
      step={0.5}
      text={(db) => (db <= lowest ? t.silent : `${db > 0 ? '+' : ''}${db} dB`)}
      set={(db) => set(db <= lowest ? silent : db)}
    />
  );
}

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  text: (value: number) => string;
  set: (value: number) => Promise<void>;
}

// While it is held, what it sends is what it shows; one command is under way at a time, the newest follows.
function Slider({ label, value, min, max, step, text, set }: SliderProps) {
  const [held, hold] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const busy = useRef(false);
  const move = async (to: number): Promise<void> => {
    hold(to);
    wanted.current = to;
    if (busy.current) return;
    busy.current = true;
    while (wanted.current !== null) {
      const next = wanted.current;
      wanted.current = null;
      await set(next);
    }
    busy.current = false;
    hold(null);
  };
  const shown = held ?? value;
  return (
    <span class="slider">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={text(shown)}
        {...{ min, max, step }}
        value={shown}
        onInput={(event) => void move(Number(event.currentTarget.value))}
      />
      <output>{text(shown)}</output>
    </span>
  );
}
