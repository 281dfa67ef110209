// A source's lamp, for a phone held on its camera: red while a face shows it, green while the next take brings it.
// What the lamp says comes from the server alone; without a connection it says so and shows no colour.
import '../styles/base.css';
import '../styles/tally.css';
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { Door } from '../shared/header';
import { useObservable, useWords, viewOf } from '../shared/hooks';
import { language } from '../shared/i18n';
import { called, names } from '../shared/names';
import { Observable } from '../shared/observable';
import { connect, deskRoles, mount } from '../shared/page';
import type { DeskView, Lights } from '../shared/protocol';
import { stayAwake, type Awake } from './awake';
import { words } from './words';

interface Given {
  connection: Connection;
  source: string;
  view: Observable<DeskView | null>;
  lights: Observable<Lights | null>;
}

function Lamp({ connection, source, view: viewStore, lights: lightStore }: Given) {
  const t = useWords(words);
  const n = useWords(names);
  const link = useObservable(connection.link);
  const view = useObservable(viewStore);
  const lights = useObservable(lightStore);
  const [awake, setAwake] = useState<Awake>('yes');
  useEffect(() => stayAwake(setAwake), []);

  const known = view?.setup.sources.find((one) => one.name === source);
  const label = known?.label || source;
  useEffect(() => {
    document.title = `${label} · ${t.title}`;
  }, [label, t]);

  if (link !== 'open' || !view || !lights) {
    return (
      <main class="lamp lost" role="alert">
        <h1>{label}</h1>
        <p class="what">{link === 'connecting' ? t.connecting : t.lost}</p>
        <p class="more">{t.lostMore}</p>
      </main>
    );
  }
  const light = lights[source];
  if (!light) {
    return (
      <main class="lamp lost">
        <h1>{source}</h1>
        <p class="what">{t.unknown}</p>
        <ul class="others">
          {view.setup.sources.map((one) => (
            <li key={one.name}>
              <a href={`/tally/${encodeURIComponent(one.name)}`}>{one.label || one.name}</a>
            </li>
          ))}
        </ul>
      </main>
    );
  }
  const look = light.program.length > 0 ? 'program' : light.preview ? 'preview' : 'dark';
  const everywhere = light.program.length === view.setup.faces.length;
  return (
    <main class={`lamp ${look}`}>
      <h1>{label}</h1>
      <p class="what" role="status">
        {t[look]}
      </p>
      {look === 'program' && <p class="more">{everywhere ? t.everywhere : light.program.map((face) => called(n, face)).join(' · ')}</p>}
      {awake === 'no' && <p class="note">{t.mayDarken}</p>}
    </main>
  );
}

const source = decodeURIComponent(location.pathname.replace(/^\/tally\//, '').replace(/\/+$/, ''));
const connection = connect(deskRoles);
const view = viewOf<DeskView>(connection);
const lights = new Observable<Lights | null>(null);
connection.onMessage((message) => {
  if (message.type === 'tally') lights.set(message.lights);
});
// Lamps of before a loss say nothing about now.
connection.link.subscribe((link) => {
  if (link !== 'open') lights.set(null);
});
document.title = words[language.get()].title;
mount(
  <Door connection={connection} heading={1}>
    <Lamp {...{ connection, source, view, lights }} />
  </Door>,
);
connection.start();
