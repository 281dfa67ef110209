// Text under somebody's hand: what the server says meanwhile does not wipe it. It is meant when the field is left, or
// by Enter where it has one line; Escape gives back what the server has.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

interface Typing {
  value: string;
  onInput: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  onChange: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  onBlur: () => void;
  onKeyDown: (event: JSX.TargetedKeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
}

// What an input or a textarea is given. `meant` takes the text; what it does not want, it leaves alone.
export function useTyped(value: string, meant: (text: string) => void): Typing {
  const [draft, setDraft] = useState<string | null>(null);
  return {
    value: draft ?? value,
    onInput: (event) => setDraft(event.currentTarget.value),
    onChange: (event) => {
      if (event.currentTarget.value !== value) meant(event.currentTarget.value);
      setDraft(null);
    },
    onBlur: () => setDraft(null),
    onKeyDown: (event) => {
      if (event.key !== 'Escape' || draft === null) return;
      event.stopPropagation();
      setDraft(null);
    },
  };
}
