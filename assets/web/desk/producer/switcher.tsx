// Preview, program and the way from one to the other: take by cut or by transition, the T-bar, the fade to black.
import { useRef, useState } from 'preact/hooks';
import { useObservable, useWords } from '../../shared/hooks';
import { seconds } from '../../shared/format';
import { language } from '../../shared/i18n';
import { useMay } from '../../shared/may';
import type { Pictures } from '../../shared/pictures';
import type { Command, DeskView, TransitionName } from '../../shared/protocol';
import { blackKey } from './keys';
import { Live } from './tiles';
import { words } from './words';

export const kinds: readonly TransitionName[] = ['cut', 'mix', 'dip', 'move'];
const lengths: readonly number[] = [250, 500, 1000, 2000, 4000]; // milliseconds
export const blackLength = 1000;

interface Given {
  pictures: Pictures;
  stage: DeskView['stage'];
  chosen: readonly string[]; // faces that a take is for; none: program
  where: string; // what a take changes, in words
  labelOf: (source: string) => string;
  send: (command: Command) => void;
  take: (transition?: TransitionName) => void;
  isPending: (test: (command: Command) => boolean) => boolean;
  effects: () => void; // opens the panel with the shaders
}

export function Switcher({ pictures, stage, chosen, where, labelOf, send, take, isPending, effects }: Given) {
  const t = useWords(words);
  const lang = useObservable(language);
  const may = useMay();
  const takes = may({ kind: 'take', faces: [...chosen] });
  const sets = may('set_transition');
  const { transition, black } = stage;
  const length = Math.round(transition.length / 1e6);
  const set = (kind: TransitionName, ms: number): void =>
    send({ kind: 'set_transition', transition: kind, length_ms: ms, values: kind === transition.name ? (transition.values ?? []) : [] });
  return (
    <section class="switcher" aria-label={t.switcher}>
      <Monitor pictures={pictures} bus="preview" title={t.preview} source={stage.preview} label={labelOf(stage.preview)} />
      <div class="way">
        <div class="takes">
          <button type="button" class="take" aria-busy={isPending((c) => c.kind === 'take' && c.transition === 'cut')} onClick={() => take('cut')} {...takes}>
            <kbd>{t.space}</kbd> {t.takeCut}
          </button>
          <button type="button" class="take" aria-busy={isPending((c) => c.kind === 'take' && c.transition === undefined)} onClick={() => take()} {...takes}>
            <kbd>↵</kbd> {t.takeAuto}
          </button>
          <button
            type="button"
            class="black"
            aria-pressed={black.on}
            aria-busy={isPending((c) => c.kind === 'fade_to_black')}
            onClick={() => send({ kind: 'fade_to_black', down: !black.on, length_ms: blackLength })}
            {...may('fade_to_black')}
          >
            <kbd>{blackKey}</kbd> {t.black}
          </button>
        </div>
        <p class="where">{where}</p>
        <div class="how" role="group" aria-label={t.transition}>
          {kinds.map((kind) => (
            <button key={kind} type="button" aria-pressed={transition.name === kind} onClick={() => set(kind, length)} {...sets}>
              {t.kinds(kind)}
            </button>
          ))}
          <button type="button" class="effect" aria-pressed={!kinds.includes(transition.name)} onClick={effects}>
            {kinds.includes(transition.name) ? t.effects : t.effect(transition.name)}…
          </button>
        </div>
        <div class="pace">
          <TBar stage={stage} send={send} />
          <select aria-label={t.length} value={length} onChange={(event) => set(transition.name, Number(event.currentTarget.value))} {...sets}>
            {[...new Set([...lengths, length])]
              .sort((a, b) => a - b)
              .map((ms) => (
                <option key={ms} value={ms}>
                  {seconds(ms, lang)}
                </option>
              ))}
          </select>
        </div>
      </div>
      <Monitor
        pictures={pictures}
        bus="program"
        title={t.program}
        source={stage.program.scene}
        label={labelOf(stage.program.scene)}
      />
      {black.on && (
        <p class="blackout" role="alert">
          {t.isBlack}
        </p>
      )}
    </section>
  );
}

interface MonitorProps {
  pictures: Pictures;
  bus: 'preview' | 'program';
  title: string;
  source: string;
  label: string;
}

function Monitor({ pictures, bus, title, source, label }: MonitorProps) {
  return (
    <figure class={`monitor ${bus}`} data-bus={bus} data-shows={source}>
      <Live key={bus} pictures={pictures} kind="view" name={bus} />
      <figcaption>
        <span class="bus">{title}</span> <span class="name">{label}</span>
      </figcaption>
    </figure>
  );
}

// While it is held, what it sends is what it shows; else the server says where it stands. At the end the take is done
// and the bar is at the start of the next one.
function TBar({ stage, send }: { stage: DeskView['stage']; send: (command: Command) => void }) {
  const t = useWords(words);
  const may = useMay();
  const [held, setHeld] = useState<number | null>(null);
  const sent = useRef(-1);
  const bar = stage.program.mix?.bar ?? 0;
  const move = (position: number): void => {
    setHeld(position);
    if (position === sent.current) return;
    sent.current = position;
    send({ kind: 'move_t_bar', position });
  };
  const release = (): void => {
    setHeld(null);
    sent.current = -1;
  };
  return (
    <label class="tbar">
      <span>{t.tBar}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={held ?? bar}
        onInput={(event) => move(Number(event.currentTarget.value))}
        onChange={release}
        {...may('move_t_bar')}
      />
    </label>
  );
}
