// A theme by typing some of it: arrows choose, Enter takes it, or makes a new one of that title.
import { useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import type { Theme } from '../../shared/protocol';
import { plain } from './queue';
import { words } from './words';

const most = 8;

interface Given {
  themes: readonly Theme[];
  initial: string;
  hint: string;
  mayMake?: boolean;
  none?: boolean; // taking out of a theme is a choice
  pick: (theme: number, title?: string) => void;
}
interface Choice {
  theme: number;
  title: string;
  make: boolean;
  size: number;
}

export function choicesOf(themes: readonly Theme[], typed: string, mayMake: boolean, none: boolean): Choice[] {
  const wanted = plain(typed);
  const there: Choice[] = themes
    .filter((theme) => plain(theme.title).includes(wanted))
    .sort((a, b) => Number(plain(b.title).startsWith(wanted)) - Number(plain(a.title).startsWith(wanted)))
    .slice(0, most)
    .map(({ number, title, size }) => ({ theme: number, title, make: false, size }));
  const known = themes.some((theme) => plain(theme.title) === wanted);
  if (mayMake && typed.trim() !== '' && !known) there.push({ theme: 0, title: typed.trim(), make: true, size: 0 });
  if (none && wanted === '') there.push({ theme: 0, title: '', make: false, size: 0 });
  return there;
}

export function ThemePick({ themes, initial, hint, mayMake = false, none = false, pick }: Given) {
  const t = useWords(words);
  const [typed, setTyped] = useState(initial);
  const [at, setAt] = useState(0);
  const choices = choicesOf(themes, typed, mayMake, none);
  const now = Math.min(at, choices.length - 1);
  const take = (choice: Choice | undefined): void => {
    if (choice) pick(choice.theme, choice.make ? choice.title : undefined);
  };
  return (
    <div class="pick">
      {hint && <p class="soft" id="pick-hint">{hint}</p>}
      <input
        data-first role="combobox" aria-expanded="true" aria-controls="picks" aria-label={t.theme} autocomplete="off" value={typed} maxLength={120}
        {...(now >= 0 && { 'aria-activedescendant': `pick-${now}` })}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step !== 0) setAt(Math.max(0, Math.min(choices.length - 1, now + step)));
          else if (event.key === 'Enter') take(choices[now]);
          else return;
          event.preventDefault();
        }}
      />
      <ul id="picks" role="listbox" aria-label={t.themes}>
        {choices.map((choice, index) => (
          <li key={`${choice.theme} ${choice.title}`} id={`pick-${index}`} role="option" aria-selected={index === now} onClick={() => take(choice)}>
            <span>{choice.make ? t.newTheme(choice.title) : choice.title || t.noTheme}</span>
            {choice.theme !== 0 && <span class="count">{choice.size}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
