// What the key of this page may not do is there, off, and says why.
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useWords } from './hooks';
import { dictionary } from './i18n';
import { kindOf, refusal, rightsOf, type Wanted } from './rights';

const words = dictionary(
  {
    forbidden: (right: string) => `Votre clé n'a pas le droit « ${right} ». Voyez le responsable technique.`,
    forbidden_face: () => "Ce n'est pas votre face. Voyez le responsable technique.",
  },
  {
    forbidden: (right: string) => `Your key lacks the right “${right}”. See the technician.`,
    forbidden_face: () => 'This face is not yours. See the technician.',
  },
);

const held = createContext(rightsOf(null));
export const Granted = held.Provider;

// For a control, after its own `disabled` and `title`: nothing, or that it is off and why.
export interface Lock {
  disabled?: true;
  title?: string;
}

export function useMay(): (wanted: Wanted) => Lock {
  const t = useWords(words);
  const rights = useContext(held);
  return (wanted) => {
    const code = refusal(rights, wanted);
    return code === null ? {} : { disabled: true, title: t[code](kindOf(wanted)) };
  };
}

// Controls that all do the same.
export function May({ do: wanted, children }: { do: Wanted; children: ComponentChildren }) {
  const may = useMay();
  return (
    <fieldset class="may" {...may(wanted)}>
      {children}
    </fieldset>
  );
}
