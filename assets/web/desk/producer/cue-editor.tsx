// One cue under the hand, in its place in the rundown. What is changed is sent when the field is left.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Outcome } from '../../shared/connection';
import { useWords } from '../../shared/hooks';
import { May, useMay } from '../../shared/may';
import { cueStarts, type Command, type CueTrigger, type DeskView, type RundownCue } from '../../shared/protocol';
import { useTyped } from '../../shared/typed';
import { timeOf, timeText } from './rundown';
import { rundownWords } from './rundown-words';
import { Steps } from './steps';

interface Given {
  view: DeskView;
  cue: RundownCue;
  labelOf: (name: string) => string;
  send: (command: Command) => Promise<Outcome>;
  renamed: (number: string) => void;
  done: () => void;
  addAfter: () => void;
  duplicate: () => void;
  remove: () => void;
  move: (by: -1 | 1) => void;
}

const colours = ['#d9483b', '#e8a33d', '#d8c944', '#4fa861', '#3d9fb8', '#4f74d9', '#9a63c9', '#8a93a0'];

export function CueEditor({ view, cue, labelOf, send, renamed, done, addAfter, duplicate, remove, move }: Given) {
  const t = useWords(rundownWords);
  const may = useMay();
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => self.current?.querySelector<HTMLElement>('.long input')?.focus(), []);
  const set = (change: Partial<RundownCue>): Promise<Outcome> => send({ kind: 'set_cue', cue: { ...cue, ...change } });
  const rename = (number: string): void => {
    if (number === '' || number === cue.number) return;
    void send({ kind: 'set_cue', cue: { ...cue, number }, was: cue.number }).then((outcome) => outcome.ok && renamed(number));
  };
  return (
    <div
      class="cue-editor"
      ref={self}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'F2') return;
        event.preventDefault();
        event.stopPropagation();
        done();
      }}
    >
      <May do="set_cue">
        <div class="row">
          <TypedField label={t.number} size="short" value={cue.number} maxLength={32} change={(number) => rename(number.trim())} />
          <TypedField label={t.label} size="long" draft={`cue.${cue.number}.label`} value={cue.label} maxLength={100} change={(label) => void set({ label })} />
          <Start start={cue.start} change={(start) => void set({ start })} />
        </div>
        <Note label={t.note} draft={`cue.${cue.number}.note`} value={cue.note} change={(note) => void set({ note })} />
        <div class="row palette" role="group" aria-label={t.colour}>
          <button type="button" aria-pressed={cue.colour === null} aria-label={t.noColour} onClick={() => void set({ colour: null })}>
            –
          </button>
          {colours.map((colour) => (
            <button key={colour} type="button" aria-label={`${t.colour} ${colours.indexOf(colour) + 1}`} aria-pressed={cue.colour?.slice(0, 7) === colour} onClick={() => void set({ colour })}>
              <svg viewBox="0 0 1 1" aria-hidden="true">
                <rect width="1" height="1" fill={colour} />
              </svg>
            </button>
          ))}
        </div>
        <h4>{t.actions}</h4>
        <Steps {...{ view, labelOf }} steps={cue.steps} change={(steps) => void set({ steps })} />
      </May>
      <div class="row tools">
        <button type="button" onClick={() => move(-1)} {...may('move_cue')}>↑ {t.up}</button>
        <button type="button" onClick={() => move(1)} {...may('move_cue')}>↓ {t.down}</button>
        <button type="button" onClick={addAfter} {...may('set_cue')}>+ {t.addAfter}</button>
        <button type="button" onClick={duplicate} {...may('set_cue')}>{t.duplicate}</button>
        <button type="button" onClick={remove} {...may('remove_cue')}>{t.remove}</button>
        <button type="button" class="main" onClick={done}>
          <kbd>Esc</kbd> {t.done}
        </button>
      </div>
    </div>
  );
}

function Start({ start, change }: { start: CueTrigger; change: (start: CueTrigger) => void }) {
  const t = useWords(rundownWords);
  const timed = start.kind === 'clock' || start.kind === 'show';
  return (
    <>
      <label class="field">
        <span>{t.start}</span>
        <select value={start.kind} onChange={(event) => change({ ...start, kind: event.currentTarget.value as CueTrigger['kind'] })}>
          {cueStarts.map((kind) => (
            <option key={kind} value={kind}>
              {t.starts(kind)}
            </option>
          ))}
        </select>
      </label>
      {timed && (
        <TypedField
          label={start.kind === 'clock' ? t.at : t.showAt}
          size="short"
          value={timeText(start.at_s)}
          placeholder="20:15"
          change={(text) => {
            const at = timeOf(text);
            if (at !== null && !(start.kind === 'clock' && at >= 86_400)) change({ ...start, at_s: at });
          }}
        />
      )}
      {(start.kind === 'after' || start.kind === 'ended') && (
        <TypedField
          label={t.delay}
          size="short"
          type="number"
          {...{ min: 0, max: 3600, step: 'any' }}
          value={String(start.delay_ms / 1000)}
          change={(text) => {
            const wanted = Number(text);
            if (text.trim() !== '' && Number.isFinite(wanted)) change({ ...start, delay_ms: Math.round(Math.min(3600, Math.max(0, wanted)) * 1000) });
          }}
        />
      )}
    </>
  );
}

interface TypedGiven extends Pick<JSX.InputHTMLAttributes<HTMLInputElement>, 'type' | 'min' | 'max' | 'step' | 'maxLength' | 'placeholder'> {
  label: string;
  size?: 'short' | 'long';
  draft?: string; // its name, where it outlives a reload
  value: string;
  change: (text: string) => void;
}

export function TypedField({ label, size, draft, value, change, ...others }: TypedGiven) {
  return (
    <label class={`field ${size ?? ''}`}>
      <span>{label}</span>
      <input {...others} {...useTyped(value, change, draft)} />
    </label>
  );
}

function Note({ label, draft, value, change }: { label: string; draft: string; value: string; change: (text: string) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea rows={2} maxLength={1000} {...useTyped(value, change, draft)} />
    </label>
  );
}
