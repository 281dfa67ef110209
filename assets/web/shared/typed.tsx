// Text under somebody's hand: what the server says meanwhile does not wipe it. It is meant when the field is left, or
// by Enter where it has one line; Escape gives back what the server has. With a name it outlives a reload of the page.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useWords } from './hooks';
import { dictionary } from './i18n';
import { keep, recall } from './storage';

const words = dictionary(
  { notSent: 'Pas encore envoyé : Entrée ou un autre champ l’envoie, Échap l’abandonne.' },
  { notSent: 'Not sent yet: Enter or another field sends it, Escape gives it up.' },
);

interface Typing {
  value: string;
  title: string | undefined;
  'data-draft': boolean | undefined;
  onInput: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  onChange: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  onBlur: () => void;
  onKeyDown: (event: JSX.TargetedKeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
}

// What an input or a textarea is given. `meant` takes the text; what it does not want, it leaves alone.
export function useTyped(value: string, meant: (text: string) => void, name?: string): Typing {
  const t = useWords(words);
  const [draft, setDraft] = useState<string | null>(() => (name === undefined ? null : recall(`draft.${name}`, 'session')));
  // One that came over a reload is meant when its field is left, though the browser saw no change; once.
  const restored = useRef(draft);
  const put = (text: string | null): void => {
    if (name !== undefined) keep(`draft.${name}`, text, 'session');
    if (restored.current !== null) restored.current = text;
    setDraft(text);
  };
  const end = (text: string | null): void => {
    put(null);
    if (text !== null && text !== value) meant(text);
  };
  const unsent = draft !== null && draft !== value;
  return {
    value: draft ?? value,
    title: unsent ? t.notSent : undefined,
    'data-draft': unsent || undefined,
    onInput: (event) => put(event.currentTarget.value),
    onChange: (event) => end(event.currentTarget.value),
    onBlur: () => end(restored.current),
    onKeyDown: (event) => {
      if (event.key !== 'Escape' || draft === null) return;
      event.stopPropagation();
      put(null);
    },
  };
}
