// The transition shaders that this show has: each with a small moving preview, the chosen one with its parameters.
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import type { Command, DeskView } from '../../shared/protocol';
import { useTyped } from '../../shared/typed';
import { loadPreview, previewSize, type Parameter, type Preview } from './shader-preview';
import { words } from './words';

const round = 3000; // milliseconds of a preview, there and a rest
const step = 66; // between its pictures

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
  if (transitions.length === 0) return <p class="note">{t.noEffects}</p>;
  return (
    <div class="shaders">
      <div class="list" role="group" aria-label={t.effects}>
        {transitions.map(({ name, parameters: own }) => (
          <button key={name} type="button" aria-pressed={name === chosen.name} data-effect={name} onClick={() => choose(name, [])}>
            <Moving name={name} parameters={name === chosen.name ? parameters : own} />
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
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef(parameters);
  shown.current = parameters;
  useEffect(() => {
    let timer = 0;
    let gone = false;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const run = (preview: Preview): void => {
      const share = (performance.now() % round) / round;
      const drawn = canvas.current !== null && preview.draw(canvas.current, still ? 0.5 : Math.min(share * 1.5, 1), shown.current);
      if (drawn && !still && !gone) timer = window.setTimeout(() => run(preview), step);
    };
    loadPreview(name).then(
      (preview) => {
        if (!gone) run(preview);
      },
      () => undefined, // the name alone is shown
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [name]);
  return <canvas ref={canvas} width={previewSize.width} height={previewSize.height} aria-hidden="true" />;
}
