// Small labelled fields of the panel: a number, a choice, a colour. Each tells when a value is meant, not while it is typed.
import type { ComponentChildren } from 'preact';
import { useTyped } from '../../shared/typed';

interface NumberProps {
  label: string;
  value: number;
  scale?: number; // shown = value * scale
  min?: number; // as shown
  max?: number;
  step?: number;
  change: (value: number) => void;
}

export function NumberField({ label, value, scale = 100, min, max, step = 0.5, change }: NumberProps) {
  const shown = Math.round(value * scale * 100) / 100;
  const set = (wanted: number): void => change(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, wanted)) / scale);
  const typed = useTyped(String(shown), (text) => {
    if (text.trim() !== '' && Number.isFinite(Number(text))) set(Number(text));
  });
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        step="any"
        {...{ min, max }}
        {...typed}
        onKeyDown={(event) => {
          typed.onKeyDown(event);
          const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (way === undefined) return;
          event.preventDefault();
          const from = event.currentTarget.value.trim() === '' ? shown : event.currentTarget.valueAsNumber;
          typed.onBlur();
          set(from + way * step * (event.shiftKey ? 10 : 1));
        }}
      />
    </label>
  );
}

export function TextField({ label, value, describedBy, change }: { label: string; value: string; describedBy: string; change: (text: string) => void }) {
  return (
    <label class="field wide">
      <span>{label}</span>
      <textarea rows={2} aria-describedby={describedBy} {...useTyped(value, change)} />
    </label>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  change: (value: string) => void;
}

export function ChoiceField({ label, value, options, change }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

// #rrggbbaa; what shows through stays as it is.
export function ColourField({ label, value, change }: { label: string; value: string; change: (value: string) => void }) {
  return (
    <label class="field colour">
      <span>{label}</span>
      <input type="color" value={value.slice(0, 7)} onChange={(event) => change(event.currentTarget.value + (value.slice(7) || 'ff'))} />
    </label>
  );
}

export function Fields({ title, open = true, children }: { title: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="fields" open={open}>
      <summary>{title}</summary>
      <div class="row">{children}</div>
    </details>
  );
}
