// What every page has at its top: the mark, its name, the state of the line, the language; and the door for
// who comes without a key.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Connection, Link } from './connection';
import { useObservable, useWords } from './hooks';
import { choose, dictionary, language } from './i18n';
import { keepKey } from './key';

const words = dictionary(
  {
    language: 'Langue',
    line: 'Connexion',
    connecting: 'Connexion…',
    open: 'En ligne',
    waiting: 'Sans réseau, nouvel essai…',
    denied: 'Clé refusée',
    doorTitle: 'Cette page a besoin de sa clé',
    doorText: "Ouvrez l'adresse complète que l'on vous a donnée, ou collez ici la clé qu'elle contient.",
    key: 'Clé',
    enter: 'Entrer',
  },
  {
    language: 'Language',
    line: 'Connection',
    connecting: 'Connecting…',
    open: 'Online',
    waiting: 'No network, trying again…',
    denied: 'Key not accepted',
    doorTitle: 'This page needs its key',
    doorText: 'Open the complete address that you were given, or paste here the key that it holds.',
    key: 'Key',
    enter: 'Enter',
  },
);

const signs: Record<Link, string> = { connecting: '◌', open: '●', waiting: '◌', denied: '✕' };

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
      <path class="north" d="M10 8h44L43 19H21z" />
      <path class="east" d="M56 10v44L45 43V21z" />
      <path class="south" d="M54 56H10l11-11h22z" />
      <path class="west" d="M8 54V10l11 11v22z" />
      <circle cx="32" cy="32" r="5.5" />
    </svg>
  );
}

export function LinkState({ link, words: own }: { link: Link; words?: Partial<Record<Link, string>> }) {
  const t = useWords(words);
  return (
    <p class={`link ${link}`} role="status" aria-label={t.line}>
      <span aria-hidden="true">{signs[link]}</span> <span>{own?.[link] ?? t[link]}</span>
    </p>
  );
}

export function LanguageSwitch() {
  const t = useWords(words);
  const now = useObservable(language);
  return (
    <div class="switch" role="group" aria-label={t.language}>
      {(['fr', 'en'] as const).map((code) => (
        <button key={code} type="button" lang={code} aria-pressed={code === now} onClick={() => choose(code)}>
          <abbr title={code === 'fr' ? 'Français' : 'English'}>{code.toUpperCase()}</abbr>
        </button>
      ))}
    </div>
  );
}

export function Header(props: { title: string; sub?: string; link: Link; children?: ComponentChildren }) {
  return (
    <header class="top">
      <Mark />
      <div class="names">
        <h1>{props.title}</h1>
        {props.sub && <p>{props.sub}</p>}
      </div>
      <div class="extras">{props.children}</div>
      <LinkState link={props.link} />
      <LanguageSwitch />
    </header>
  );
}

interface DoorProps {
  connection: Connection;
  heading?: 1 | 2; // 1 where the page has no other
  children: ComponentChildren;
}

// Asks for a key while there is none that the server takes; else shows the page.
export function Door({ connection, heading, children }: DoorProps) {
  const link = useObservable(connection.link);
  const t = useWords(words);
  const [key, setKey] = useState('');
  if (link !== 'denied') return <>{children}</>;
  const enter = (event: Event): void => {
    event.preventDefault();
    if (key.trim() === '') return;
    keepKey(key.trim());
    connection.useKey(key.trim());
  };
  return (
    <main class="door">
      {heading === 1 ? <h1>{t.doorTitle}</h1> : <h2>{t.doorTitle}</h2>}
      <p>{t.doorText}</p>
      <form onSubmit={enter}>
        <label for="key">{t.key}</label>
        <input
          id="key"
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <button type="submit" class="main">
          {t.enter}
        </button>
      </form>
    </main>
  );
}
