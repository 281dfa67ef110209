// Themes as cards: what is dropped on one comes under it. Dragging one onto another merges them.
import { useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { Theme } from '../../shared/protocol';
import type { Doing } from './doing';
import { plain } from './queue';
import { words } from './words';

const shownAtOnce = 60;

interface Given {
  themes: readonly Theme[];
  shown: number; // the theme that the queue is narrowed to
  lookedAt: ReadonlyMap<number, string>;
  doing: Doing;
  show: (theme: number) => void;
  look: (theme: number) => void; // the others are told
}

export function Themes({ themes, shown, lookedAt, doing, show, look }: Given) {
  const t = useWords(words);
  const may = useMay();
  const [text, setText] = useState('');
  const [most, setMost] = useState(shownAtOnce);
  const found = themes.filter((theme) => plain(theme.title).includes(plain(text)));
  const locked = may('gather');
  return (
    <div class="themes">
      <p class="soft hint">{t.themesHint}</p>
      <div class="narrow">
        <input type="search" aria-label={`${t.search} : ${t.themes}`} placeholder={t.search} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </div>
      <div class="new" data-drop="new" aria-hidden="true">
        ＋ {t.dropHere}
      </div>
      {themes.length === 0 && <p class="empty">{t.noThemes}</p>}
      <ul>
        {found.slice(0, most).map((theme) => (
          <li
            key={theme.number} class={theme.number === shown ? 'card current' : 'card'} data-theme={theme.number}
            data-drag={`t:${theme.number}`} data-drop={`t:${theme.number}`} onPointerEnter={() => look(theme.number)} onFocusCapture={() => look(theme.number)}
          >
            <div class="head">
              <span class="grip" aria-hidden="true">
                ⠿
              </span>
              <h3>{theme.title}</h3>
              <span class="count" aria-label={t.size(theme.size)}>
                {theme.size}
              </span>
            </div>
            {lookedAt.has(theme.number) && <p class="looker">◉ {t.looks(lookedAt.get(theme.number) ?? '')}</p>}
            {theme.outcome && (
              <p class="soft">
                {t.became} <q>{theme.outcome.text}</q>
              </p>
            )}
            <div class="tools" role="group" aria-label={theme.title}>
              <button type="button" class="small" aria-pressed={theme.number === shown} onClick={() => show(theme.number === shown ? 0 : theme.number)}>
                {t.show}
              </button>
              <button type="button" class="small" onClick={() => doing.ask({ what: 'rename', theme: theme.number })} {...locked}>
                {t.rename}
              </button>
              <button type="button" class="small" onClick={() => doing.ask({ what: 'merge', theme: theme.number })} {...locked}>
                {t.merge}
              </button>
              <button type="button" class="small" onClick={() => doing.opposeTheme(theme.number)} {...locked}>
                {t.opposeShort}
              </button>
              <button type="button" class="small" onClick={() => doing.ask({ what: 'themeOutcome', theme: theme.number })} {...locked}>
                {t.outcomeShort}
              </button>
              <button type="button" class="small" onClick={() => doing.ask({ what: 'removeTheme', theme: theme.number })} {...locked}>
                {t.remove}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {found.length > most && (
        <button type="button" onClick={() => setMost(most + shownAtOnce)}>
          {t.more(found.length - most)}
        </button>
      )}
    </div>
  );
}
