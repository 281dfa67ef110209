// What a cue or macro does, action by action: made here from a list of what is usual, or recorded.
import { useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { names, placements } from '../../shared/names';
import type { Command, DeskView, Step } from '../../shared/protocol';
import { useTyped } from '../../shared/typed';
import { sayingOf } from './rundown';
import { rundownWords } from './rundown-words';
import { words } from './words';

interface Given {
  view: DeskView;
  steps: readonly Step[];
  labelOf: (name: string) => string;
  change: (steps: Step[]) => void;
}

export function Steps({ view, steps, labelOf, change }: Given) {
  const t = useWords(rundownWords);
  const set = (at: number, step: Step | null): void => change(steps.flatMap((one, i) => (i === at ? (step ? [step] : []) : [one])));
  const up = (at: number): void => {
    const list = [...steps];
    const [step] = list.splice(at, 1);
    if (step) list.splice(at - 1, 0, step);
    change(list);
  };
  return (
    <div class="actions">
      {steps.length === 0 && <p class="note">{t.doesNothing}</p>}
      <ol>
        {steps.map((step, at) => (
          <li key={at}>
            <label class="wait">
              <span class="hidden">{t.wait}</span>
              <Wait value={step.wait_ms} change={(wait_ms) => set(at, { ...step, wait_ms })} />
              <span aria-hidden="true">s</span>
            </label>
            <span class="saying">{sayingOf(step.command, t, labelOf)}</span>
            <button type="button" class="quiet" aria-label={t.stepUp(at + 1)} disabled={at === 0} onClick={() => up(at)}>
              <span aria-hidden="true">↑</span>
            </button>
            <button type="button" class="quiet" aria-label={t.removeStep(at + 1)} onClick={() => set(at, null)}>
              <span aria-hidden="true">✕</span>
            </button>
          </li>
        ))}
      </ol>
      <AddStep {...{ view, labelOf }} add={(command) => change([...steps, { wait_ms: 0, command }])} />
    </div>
  );
}

function Wait({ value, change }: { value: number; change: (ms: number) => void }) {
  const typed = useTyped(String(value / 1000), (text) => {
    const wanted = Number(text);
    if (text.trim() !== '' && Number.isFinite(wanted)) change(Math.round(Math.min(3600, Math.max(0, wanted)) * 1000));
  });
  return <input type="number" min={0} max={3600} step="any" {...typed} />;
}

// The actions that are made by hand: each with what it may be about, and the command it becomes.
type Choice = [value: string, label: string];
interface Action {
  name: string;
  label: string;
  choices: Choice[];
  command: (value: string) => Command;
}

function AddStep({ view, labelOf, add }: { view: DeskView; labelOf: (name: string) => string; add: (command: Command) => void }) {
  const t = useWords(rundownWords);
  const w = useWords(words);
  const n = useWords(names);
  const [chosen, choose] = useState('take');
  const [which, setWhich] = useState('');
  const named = (list: readonly string[]): Choice[] => list.map((name) => [name, labelOf(name)]);
  const shown = named([...view.setup.sources.map((s) => s.name), ...Object.keys(view.scenes.list)]);
  const clips = named(Object.keys(view.stage.media));
  const scenes = named(Object.keys(view.scenes.list));
  const captions = named((view.captions ?? []).map((one) => one.name));
  const transitions: Choice[] = [['', '–'], ...['cut', 'mix', 'dip', 'move'].map((kind): Choice => [kind, w.kinds(kind)]), ...view.setup.transitions.map(({ name }): Choice => [name, w.effect(name)])];
  const actions: Action[] = [
    { name: 'preview', label: t.does('preview', '…'), choices: shown, command: (scene) => ({ kind: 'preview', scene }) },
    { name: 'take', label: t.does('take', ''), choices: transitions, command: (transition) => ({ kind: 'take', faces: [], ...(transition === '' ? {} : { transition }) }) },
    { name: 'cut', label: t.does('cut', '…'), choices: shown, command: (scene) => ({ kind: 'cut', scene, faces: [] }) },
    { name: 'overlay', label: t.does('set_overlay', '…'), choices: scenes, command: (scene) => ({ kind: 'set_overlay', scene, on: true, length_ms: 500, faces: [] }) },
    { name: 'overlay_off', label: t.does('set_overlay', '−…'), choices: scenes, command: (scene) => ({ kind: 'set_overlay', scene, on: false, length_ms: 500, faces: [] }) },
    { name: 'caption', label: t.does('show_caption', '…'), choices: captions, command: (name) => ({ kind: 'show_caption', name, on: true, faces: [] }) },
    { name: 'caption_off', label: t.does('show_caption', '−…'), choices: captions, command: (name) => ({ kind: 'show_caption', name, on: false, faces: [] }) },
    { name: 'wall', label: t.does('place_wall', '…'), choices: placements.map((p): Choice => [p, n[p]]), command: (placement) => ({ kind: 'place_wall', placement: placement as (typeof placements)[number], faces: [] }) },
    { name: 'play', label: t.does('play', '…'), choices: clips, command: (source) => ({ kind: 'play', sources: [source] }) },
    { name: 'cue', label: t.does('cue', '…'), choices: clips, command: (source) => ({ kind: 'cue', sources: [source] }) },
    { name: 'pause', label: t.does('pause', '…'), choices: clips, command: (source) => ({ kind: 'pause', sources: [source] }) },
    { name: 'black', label: t.does('fade_to_black', 'down'), choices: [], command: () => ({ kind: 'fade_to_black', down: true, length_ms: 1000 }) },
    { name: 'up', label: t.does('fade_to_black', 'up'), choices: [], command: () => ({ kind: 'fade_to_black', down: false, length_ms: 1000 }) },
    { name: 'follow', label: t.does('follow', ''), choices: [], command: () => ({ kind: 'follow', faces: [] }) },
    { name: 'bell', label: t.does('ring_bell', ''), choices: [], command: () => ({ kind: 'ring_bell' }) },
    { name: 'macro', label: t.does('run_macro', '…'), choices: Object.values(view.rundown.macros).map((m): Choice => [m.name, m.label || m.name]), command: (macro) => ({ kind: 'run_macro', macro }) },
  ];
  const possible = actions.filter((action) => action.choices.length > 0 || !/…$/.test(action.label));
  const action = possible.find((one) => one.name === chosen) ?? possible[0];
  const value = action?.choices.some(([one]) => one === which) ? which : (action?.choices[0]?.[0] ?? '');
  return (
    <form
      class="add"
      onSubmit={(event) => {
        event.preventDefault();
        if (action) add(action.command(value));
      }}
    >
      <select aria-label={t.what} value={action?.name} onChange={(event) => choose(event.currentTarget.value)}>
        {possible.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      {action && action.choices.length > 0 && (
        <select aria-label={t.which} value={value} onChange={(event) => setWhich(event.currentTarget.value)}>
          {action.choices.map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      )}
      <button type="submit">+ {t.addStep}</button>
    </form>
  );
}
