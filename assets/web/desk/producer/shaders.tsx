// The transition shaders that this show has: each with a small moving preview, the chosen one with its parameters.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import type { Command, DeskView } from '../../shared/protocol';
import { useTyped } from '../../shared/typed';
import { canPreview, previewSize, showPreview, type Parameter } from './shader-preview';
import { words } from './words';

interface Given {
  transitions: DeskView['setup']['transitions'];
  chosen: DeskView['stage']['transition'];
  send: (command: Command) => void;
}

export function Shaders({ transitions, chosen, send }: Given) {
  const t = useWords(words);
  const current = transitions.find(({ name }) => name === chosen.name);
  const parameters = (current?.parameters ?? []).map((p) => ({
    ...p,
    value: chosen.values?.find(({ name }) => name === p.name)?.value ?? p.value,
  }));
  const choose = (name: string, values: { name: string; value: number[] }[]): void =>
    send({ kind: 'set_transition', transition: name, length_ms: Math.round(chosen.length / 1e6), values });
  const change = (changed: Parameter): void =>
    choose(chosen.name, parameters.map((p) => ({ name: p.name, value: p.name === changed.name ? changed.value : p.value })));
  const moving = canPreview();
  if (transitions.length === 0) return <p class="note">{t.noEffects}</p>;
  return (
    <div class={current ? 'shaders set' : 'shaders'}>
      {!moving && <p class="note" role="status">{t.noWebGl}</p>}
      <div class="list" role="group" aria-label={t.effects}>
        {transitions.map(({ name, parameters: own }) => (
          <button key={name} type="button" aria-pressed={name === chosen.name} data-effect={name} onClick={() => choose(name, [])}>
            {moving && <Moving name={name} parameters={name === chosen.name ? parameters : own} />}
            {t.effect(name)}
          </button>
        ))}
      </div>
      {current && (
        <fieldset>
          <legend>{t.effectValues(t.effect(current.name))}</legend>
          {parameters.length === 0 && <p class="note">{t.noValues}</p>}
          {parameters.map((parameter) => (
            <Field key={parameter.name} parameter={parameter} change={change} />
          ))}
        </fieldset>
      )}
    </div>
  );
}

function Field({ parameter, change }: { parameter: Parameter; change: (changed: Parameter) => void }) {
  const { name, type, value } = parameter;
  const set = (i: number, number: number): void => {
    change({ ...parameter, value: value.map((old, k) => (k === i ? number : old)) });
  };
  const label = name.replaceAll('_', ' ');
  return (
    <label>
      <span>{label}</span>
      {value.map((number, i) =>
        type === 'bool' ? (
          <input key={i} type="checkbox" checked={number !== 0} onChange={(event) => set(i, event.currentTarget.checked ? 1 : 0)} />
        ) : (
          <Figure
            key={i}
            label={value.length > 1 ? `${label} ${i + 1}` : label}
            whole={type === 'int' || type.startsWith('ivec')}
            value={number}
            set={(to) => set(i, to)}
          />
        ),
      )}
    </label>
  );
}

function Figure({ label, whole, value, set }: { label: string; whole: boolean; value: number; set: (to: number) => void }) {
  const typed = useTyped(String(value), (text) => {
    if (text.trim() !== '' && Number.isFinite(Number(text))) set(Number(text));
  });
  return <input type="number" aria-label={label} step={whole ? 1 : 'any'} {...typed} />;
}

// Stands still in the middle for those who want no motion.
function Moving({ name, parameters }: { name: string; parameters: readonly Parameter[] }) {
  const t = useWords(words);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef(parameters);
  shown.current = parameters;
  const [failed, setFailed] = useState(false);
  useEffect(() => (canvas.current ? showPreview(canvas.current, name, () => shown.current, () => setFailed(true)) : undefined), [name]);
  if (failed) return <span class="no-preview">{t.noPreview}</span>;
  return <canvas ref={canvas} width={previewSize.width} height={previewSize.height} aria-hidden="true" />;
}
