// The entry: what this is, and the way to the right page with the key one was given.
import '../styles/base.css';
import '../styles/index.css';
import { useState } from 'preact/hooks';
import { Connection, socketUrl } from '../shared/connection';
import { LanguageSwitch, Mark } from '../shared/header';
import { useWords } from '../shared/hooks';
import { dictionary, language } from '../shared/i18n';
import { deviceId, keepKey, takeKey } from '../shared/key';
import { deskRoles, mount } from '../shared/page';

const words = dictionary(
  {
    lead: 'La salle se parle, et se voit.',
    what: "Tribune mène la soirée : les caméras et les mots des tables, ensemble sur les quatre écrans au-dessus de la scène.",
    haveKey: "J'ai une clé",
    key: 'Clé',
    paste: 'Collez la clé, ou l\'adresse entière que l\'on vous a donnée.',
    find: 'Trouver ma page',
    looking: 'Un instant…',
    notTaken: "Cette clé n'est pas reconnue. Vérifiez qu'elle est entière.",
    noServer: 'Le serveur ne répond pas. Êtes-vous sur le réseau de la salle ?',
    yours: 'Votre page',
    pages: 'Les pages',
    table: 'Une table',
    tableText: 'La tablette de la table : lire la question, répondre, suivre ses réponses.',
    tableNumber: 'Numéro de la table',
    go: 'Ouvrir',
    voice: 'Votre téléphone',
    producer: 'Régie',
    producerText: 'Choisir ce que montrent les quatre faces, au clavier ou à la souris.',
    stage: 'Technique',
    stageText: 'Faces, sorties, sources : ce qui va, ce qui ne va pas, quoi faire.',
    show: 'Conduite',
    showText: 'Poser la question, ouvrir et clore.',
    facilitator: 'Facilitation',
    facilitatorText: 'Lire ce qui arrive, rassembler, opposer, dire ce que c’est devenu.',
    noPage: "Cette clé n'a pas de page ici ; elle sert à un programme.",
  },
  {
    lead: 'The room speaks, and sees itself.',
    what: 'Tribune runs the evening: the cameras and the words of the tables, together on the four screens above the stage.',
    haveKey: 'I have a key',
    key: 'Key',
    paste: 'Paste the key, or the whole address that you were given.',
    find: 'Find my page',
    looking: 'One moment…',
    notTaken: 'This key is not known. Check that it is complete.',
    noServer: 'The server does not answer. Are you on the network of the hall?',
    yours: 'Your page',
    pages: 'The pages',
    table: 'A table',
    tableText: "The table's tablet: read the question, answer, follow the answers.",
    tableNumber: 'Number of the table',
    go: 'Open',
    voice: 'Your phone',
    producer: 'Production',
    producerText: 'Choose what the four faces show, by keyboard or mouse.',
    stage: 'Stage',
    stageText: 'Faces, outputs, sources: what works, what does not, what to do.',
    show: 'Show',
    showText: 'Put the question, open and close it.',
    facilitator: 'Facilitation',
    facilitatorText: 'Read what comes in, gather, oppose, say what became of it.',
    noPage: 'This key has no page here; it is for a program.',
  },
);

type Desk = 'producer' | 'stage' | 'show' | 'facilitator';
const desks: readonly Desk[] = ['producer', 'stage', 'show', 'facilitator'];
const deskOf: Readonly<Record<string, readonly Desk[]>> = {
  technician: ['stage', 'producer', 'show'],
  producer: ['producer', 'stage'],
  director: ['show'],
  facilitator: ['facilitator', 'show'],
  observer: ['stage'],
};

type Found = { state: 'idle' | 'looking' | 'notTaken' | 'noServer' } | { state: 'found'; paths: string[] };

// Asks the server whose key this is. The page then opens with the key already kept for it.
function ask(key: string, tell: (found: Found) => void): void {
  const connection = new Connection({
    url: socketUrl(), key, device: deviceId(), lang: () => language.get(), roles: [...deskRoles, 'table', 'audience', 'rehearsal'],
  });
  tell({ state: 'looking' });
  connection.welcome.subscribe((welcome) => {
    if (!welcome) return;
    const paths =
      welcome.role === 'table' && welcome.table
        ? [`/table/${welcome.table}`]
        : welcome.role === 'audience'
          ? ['/voice']
          : (deskOf[welcome.role] ?? []).map((desk) => `/desk/${desk}`);
    for (const path of paths) keepKey(key, path);
    tell({ state: 'found', paths });
    connection.stop();
  });
  connection.link.subscribe((link) => {
    if (link !== 'denied' && link !== 'waiting') return;
    tell({ state: link === 'denied' ? 'notTaken' : 'noServer' });
    connection.stop();
  });
  connection.start();
}

const keyIn = (text: string): string => /#(?:.*&)?key=([^&\s]+)/.exec(text)?.[1] ?? text.trim();

function Page({ given }: { given: string }) {
  const t = useWords(words);
  const [text, setText] = useState(given);
  const [table, setTable] = useState('');
  const [found, setFound] = useState<Found>({ state: 'idle' });
  const look = (event: Event): void => {
    event.preventDefault();
    const key = keyIn(text);
    if (key !== '') ask(key, setFound);
  };
  const nameOf = (path: string): string => {
    const desk = desks.find((d) => path === `/desk/${d}`);
    if (path === '/voice') return t.voice;
    return desk ? t[desk] : `Table ${path.split('/')[2] ?? ''}`;
  };
  return (
    <div class="entry">
      <header>
        <Mark />
        <p class="brand">Tribune</p>
        <LanguageSwitch />
      </header>
      <main>
        <div class="hero">
          <div>
            <h1>{t.lead}</h1>
            <p>{t.what}</p>
          </div>
          <Mark />
        </div>
        <section class="key" aria-labelledby="have">
          <h2 id="have">{t.haveKey}</h2>
          <form onSubmit={look}>
            <label for="key">{t.key}</label>
            <input
              id="key" value={text} autocomplete="off" spellcheck={false} aria-describedby="paste"
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <p id="paste">{t.paste}</p>
            <button type="submit" class="main" disabled={text.trim() === ''}>
              {t.find}
            </button>
          </form>
          <div role="status" class="found">
            {found.state === 'found' ? (
              found.paths.length > 0 ? (
                <>
                  <h3>{t.yours}</h3>
                  {found.paths.map((path, at) => (
                    <a key={path} class={at === 0 ? 'go first' : 'go'} href={path}>
                      {nameOf(path)} <span aria-hidden="true">→</span>
                    </a>
                  ))}
                </>
              ) : (
                <p>{t.noPage}</p>
              )
            ) : (
              found.state !== 'idle' && <p class={found.state}>{t[found.state]}</p>
            )}
          </div>
        </section>
        <section class="pages" aria-labelledby="pages">
          <h2 id="pages">{t.pages}</h2>
          <ul>
            <li class="north">
              <h3>{t.table}</h3>
              <p>{t.tableText}</p>
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  if (Number(table) > 0) location.assign(`/table/${Number(table)}`);
                }}
              >
                <label for="table">{t.tableNumber}</label>
                <input
                  id="table" inputMode="numeric" pattern="[0-9]{1,4}" value={table} autocomplete="off"
                  onInput={(event) => setTable(event.currentTarget.value)}
                />
                <button type="submit">{t.go}</button>
              </form>
            </li>
            {desks.map((desk, at) => (
              <li key={desk} class={['east', 'south', 'west', 'north'][at]}>
                <h3>
                  <a href={`/desk/${desk}`}>{t[desk]}</a>
                </h3>
                <p>{t[`${desk}Text`]}</p>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}

mount(<Page given={takeKey()} />);
