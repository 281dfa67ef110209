// One cue under the hand, in its place in the rundown. What is changed is sent when the field is left.
import { useEffect, useRef } from 'preact/hooks';
import type { Outcome } from '../../shared/connection';
import { useWords } from '../../shared/hooks';
import { cueStarts, type Command, type CueTrigger, type DeskView, type RundownCue } from '../../shared/protocol';
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
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const set = (change: Partial<RundownCue>): Promise<Outcome> => send({ kind: 'set_cue', cue: { ...cue, ...change } });
  const rename = (number: string): void => {
    if (number === '' || number === cue.number) return;
    void send({ kind: 'set_cue', cue: { ...cue, number }, was: cue.number }).then((outcome) => outcome.ok && renamed(number));
  };
  return (
    <div
      class="cue-editor"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'F2') return;
        event.preventDefault();
        event.stopPropagation();
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // what is typed is kept
        done();
      }}
    >
      <div class="row">
        <label class="field short">
          <span>{t.number}</span>
          <input value={cue.number} maxLength={32} onChange={(event) => rename(event.currentTarget.value.trim())} />
        </label>
        <label class="field long">
          <span>{t.label}</span>
          <input ref={first} value={cue.label} maxLength={100} onChange={(event) => void set({ label: event.currentTarget.value })} />
        </label>
        <Start start={cue.start} change={(start) => void set({ start })} />
      </div>
      <label class="field">
        <span>{t.note}</span>
        <textarea rows={2} value={cue.note} maxLength={1000} onChange={(event) => void set({ note: event.currentTarget.value })} />
      </label>
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
      <div class="row tools">
        <button type="button" onClick={() => move(-1)}>↑ {t.up}</button>
        <button type="button" onClick={() => move(1)}>↓ {t.down}</button>
        <button type="button" onClick={addAfter}>+ {t.addAfter}</button>
        <button type="button" onClick={duplicate}>{t.duplicate}</button>
        <button type="button" onClick={remove}>{t.remove}</button>
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
        <label class="field short">
          <span>{start.kind === 'clock' ? t.at : t.showAt}</span>
          <input
            value={timeText(start.at_s)}
            placeholder="20:15"
            onChange={(event) => {
              const at = timeOf(event.currentTarget.value);
              if (at === null || (start.kind === 'clock' && at >= 86_400)) event.currentTarget.value = timeText(start.at_s);
              else change({ ...start, at_s: at });
            }}
          />
        </label>
      )}
      {(start.kind === 'after' || start.kind === 'ended') && (
        <label class="field short">
          <span>{t.delay}</span>
          <input
            type="number"
            min={0}
            max={3600}
            step={0.1}
            value={start.delay_ms / 1000}
            onChange={(event) => {
              const wanted = event.currentTarget.valueAsNumber;
              if (Number.isFinite(wanted)) change({ ...start, delay_ms: Math.round(Math.min(3600, Math.max(0, wanted)) * 1000) });
            }}
          />
        </label>
      )}
    </>
  );
}
