// MIDI controllers: which are there, what their controls do, and learning another one by a touch.
import { useEffect, useState } from 'preact/hooks';
import { useObservable, useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import { called, names, placements } from '../../shared/names';
import { controlModes, type Binding, type Control } from '../../shared/protocol';
import { controllerWords } from './controller-words';
import type { Panel, PanelGiven } from './dock';
import { kinds } from './switcher';

// As the engine's table of actions (show/surface_actions.cpp) has them.
interface Action {
  name: string;
  target: '' | 'scene' | 'source' | 'clip' | 'transition' | 'placement' | 'macro' | 'caption';
  level?: true; // moved, not pressed
  faces?: true;
}
const actions: readonly Action[] = [
  { name: 'cut', target: 'scene', faces: true },
  { name: 'preview', target: 'scene' },
  { name: 'take', target: '', faces: true },
  { name: 'cut_preview', target: '', faces: true },
  { name: 't_bar', target: '', level: true },
  { name: 'transition', target: 'transition' },
  { name: 'transition_length', target: '', level: true },
  { name: 'fade_to_black', target: '' },
  { name: 'follow', target: '', faces: true },
  { name: 'swap_faces', target: '', faces: true },
  { name: 'overlay', target: 'scene', faces: true },
  { name: 'wall', target: 'placement', faces: true },
  { name: 'play', target: 'clip' },
  { name: 'cue', target: 'clip' },
  { name: 'gain', target: 'source', level: true },
  { name: 'pan', target: 'source', level: true },
  { name: 'mute', target: 'source' },
  { name: 'solo', target: 'source' },
  { name: 'gain_master', target: '', level: true },
  { name: 'mute_master', target: '' },
  { name: 'bell', target: '' },
  { name: 'go', target: '' },
  { name: 'back', target: '' },
  { name: 'macro', target: 'macro' },
  { name: 'caption', target: 'caption', faces: true },
  { name: 'next_caption', target: '' },
  { name: 'undo', target: '' },
  { name: 'redo', target: '' },
];
const byNumber = 8; // sources that can be meant by their place

export const controllersPanel: Panel = {
  id: 'controllers',
  key: 'U',
  title: { fr: 'Contrôleurs', en: 'Controllers' },
  Body: Controllers,
  Sign: function Count({ actual }: PanelGiven) {
    const count = (useObservable(actual)?.surfaces ?? []).filter((one) => one.kind === 'midi' && one.state === 'ok').length;
    return count > 0 ? <span class="sign">{count}</span> : null;
  },
};

function Controllers({ connection, view, actual, labelOf, send }: PanelGiven) {
  const t = useWords(controllerWords);
  const n = useWords(names);
  const may = useMay();
  const binds = may('bind_control');
  const health = useObservable(actual);
  const [action, setAction] = useState<Action>(actions[0] as Action);
  const [target, setTarget] = useState('');
  const [faces, setFaces] = useState<readonly string[]>([]);
  const [learning, setLearning] = useState(false);

  const sources = view.setup.sources;
  const targets: readonly { value: string; label: string }[] = {
    '': [],
    scene: [
      ...sources.map((s) => ({ value: s.name, label: s.label })),
      ...Object.values(view.scenes.list).map((s) => ({ value: s.name, label: s.label || s.name })),
      ...sources.slice(0, byNumber).map((_, at) => ({ value: `#${at + 1}`, label: t.nth(at + 1) })),
    ],
    source: [
      ...sources.map((s) => ({ value: s.name, label: s.label })),
      ...sources.slice(0, byNumber).map((_, at) => ({ value: `#${at + 1}`, label: t.nth(at + 1) })),
    ],
    clip: sources.filter((s) => s.file).map((s) => ({ value: s.name, label: s.label })),
    transition: [...kinds, ...view.setup.transitions.map((one) => one.name)].map((name) => ({ value: name, label: name })),
    macro: Object.values(view.rundown?.macros ?? {}).map((one) => ({ value: one.name, label: one.label || one.name })),
    caption: (view.captions ?? []).map((one) => ({ value: one.name, label: one.label || one.name })),
    placement: placements.map((placement) => ({ value: placement, label: n[placement] })),
  }[action.target];
  const chosen = targets.some((one) => one.value === target) ? target : (targets[0]?.value ?? '');

  const listen = (on: boolean): void => {
    connection.send({ type: 'learn', on });
    setLearning(on);
  };
  useEffect(() => {
    if (!learning) return undefined;
    return connection.onMessage((message) => {
      if (message.type !== 'touched') return;
      setLearning(false);
      const mode = action.level ? (message.mode === 'button' ? 'fader' : message.mode) : 'button';
      void send({
        kind: 'bind_control',
        binding: { control: message.control, mode, action: action.name, ...(chosen ? { target: chosen } : {}), ...(action.faces ? { faces: [...faces] } : {}) },
      });
    });
  }, [learning, action, chosen, faces]);
  useEffect(() => () => void connection.send({ type: 'learn', on: false }), []);

  const midi = (health?.surfaces ?? []).filter((one) => one.kind === 'midi');
  const faults = health?.surface_faults ?? [];
  const controlText = (c: Control): string => `${c.surface} · ${called(t, c.kind)} ${c.channel}${c.kind === 'bend' ? '' : `/${c.number}`}`;
  const keyOf = (c: Control): string => `${c.surface}/${c.kind}/${c.channel}/${c.number}`;
  const doesText = (b: Binding): string =>
    [called(t, b.action), b.target?.startsWith('#') ? t.nth(Number(b.target.slice(1))) : called(n, labelOf(b.target ?? '')), (b.faces ?? []).map((face) => called(n, face)).join(', ')]
      .filter((part) => part !== '')
      .join(' ');
  const all = view.bindings ?? [];
  return (
    <div class="controllers">
      {midi.length === 0 && <p class="note">{t.none}</p>}
      <ul class="devices">
        {midi.map((one) => (
          <li key={one.name} class={one.state}>
            <strong>{one.name}</strong> <span>{called(t, one.state)}</span>
            <span class="note">{one.state === 'ok' ? t.counts(one.messages, one.malformed, one.dropped) : one.detail}</span>
          </li>
        ))}
      </ul>
      <form class="learn" onSubmit={(event) => (event.preventDefault(), listen(!learning))}>
        <label>
          <span>{t.does}</span>
          <select value={action.name} onChange={(event) => setAction(actions.find((a) => a.name === event.currentTarget.value) ?? action)}>
            {actions.map((one) => (
              <option key={one.name} value={one.name}>
                {called(t, one.name)}
              </option>
            ))}
          </select>
        </label>
        {targets.length > 0 && (
          <label>
            <span>{t.about}</span>
            <select value={chosen} onChange={(event) => setTarget(event.currentTarget.value)}>
              {targets.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
        )}
        {action.faces && (
          <fieldset>
            <legend>{t.faces}</legend>
            {view.setup.faces.map(({ name }) => (
              <button
                key={name}
                type="button"
                aria-pressed={faces.includes(name)}
                onClick={() => setFaces(faces.includes(name) ? faces.filter((one) => one !== name) : [...faces, name])}
              >
                {called(n, name)}
              </button>
            ))}
          </fieldset>
        )}
        <button type="submit" class="main" aria-pressed={learning} {...binds}>
          {learning ? t.learning : t.learn}
        </button>
        {learning && (
          <button type="button" onClick={() => listen(false)}>
            {t.cancel}
          </button>
        )}
      </form>
      <h3>{t.bindings}</h3>
      {all.length === 0 ? (
        <p class="note">{t.noBindings}</p>
      ) : (
        <ul class="bindings">
          {all.map((binding) => (
            <li key={keyOf(binding.control)}>
              <code>{controlText(binding.control)}</code>
              <span>{doesText(binding)}</span>
              <select
                aria-label={t.mode}
                value={binding.mode}
                disabled={binding.mode === 'button' || binding.control.kind !== 'cc'}
                onChange={(event) => void send({ kind: 'bind_control', binding: { ...binding, mode: event.currentTarget.value as Binding['mode'] } })}
                {...binds}
              >
                {controlModes
                  .filter((mode) => (binding.mode === 'button') === (mode === 'button'))
                  .map((mode) => (
                    <option key={mode} value={mode}>
                      {t[mode]}
                    </option>
                  ))}
              </select>
              <button type="button" class="quiet" aria-label={t.free(controlText(binding.control))} onClick={() => void send({ kind: 'unbind_control', control: binding.control })} {...may('unbind_control')}>
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      {faults.length > 0 && (
        <>
          <h3>{t.faults}</h3>
          <ul class="faults">
            {faults.map((fault) => (
              <li key={`${fault.from}/${fault.code}/${fault.message}`}>
                <strong>{fault.from}</strong> {fault.message} <code>{fault.code}</code>
                {fault.count > 1 && <span class="note"> × {fault.count}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
