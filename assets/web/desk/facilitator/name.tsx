// Facilitators share a key: who sits here says their name once, and this device keeps it.
import { useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { keep, recall } from '../../shared/storage';
import { words } from './words';

const slot = 'facilitator.name';
const longest = 40;

export const ownName = (): string => recall(slot) ?? '';

export function NameForm({ done }: { done: () => void }) {
  const t = useWords(words);
  const [name, setName] = useState(ownName());
  const enter = (event: Event): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    keep(slot, name.trim());
    done();
  };
  return (
    <main class="door">
      <h2>{t.whoTitle}</h2>
      <p>{t.whoText}</p>
      <form onSubmit={enter}>
        <label for="name">{t.yourName}</label>
        <input id="name" value={name} maxLength={longest} autocomplete="name" onInput={(event) => setName(event.currentTarget.value)} />
        <button type="submit" class="main" disabled={name.trim() === ''}>
          {t.begin}
        </button>
      </form>
    </main>
  );
}
