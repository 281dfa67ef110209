// What is recorded: one button for program, and the list of all that can be.
import type { Outcome } from './connection';
import { clock, decimal, megabytes } from './format';
import { useObservable, useWords } from './hooks';
import { dictionary, language } from './i18n';
import { useMay } from './may';
import { called, names } from './names';
import type { Actual, Command, DeskView, RecordingHealth } from './protocol';

const words = dictionary(
  {
    recordings: 'Enregistrements', record: 'Filmer', stop: 'Arrêter', starting: 'démarre…', failed: 'en panne', disk: 'disque',
    left: (hours: string) => `encore ${hours} h`, dropped: (n: number) => `${n} images perdues`, start: (what: string) => `Filmer : ${what}`,
    end: (what: string) => `Arrêter de filmer : ${what}`, all: 'Filmer le programme, tel que la première face le montre',
    clean: 'Programme sans habillage', program: 'Programme seul', multiview: 'Multivue', face: (name: string) => `Face ${name}`,
    where: 'Dans le dossier', none: 'Rien n’est filmé.', remedy: 'Libérez de la place ou choisissez un autre dossier dans le fichier du spectacle ; Tribune réessaie tout seul.',
  },
  {
    recordings: 'Recordings', record: 'Record', stop: 'Stop', starting: 'starting…', failed: 'failed', disk: 'disk',
    left: (hours: string) => `${hours} h left`, dropped: (n: number) => `${n} frames dropped`, start: (what: string) => `Record: ${what}`,
    end: (what: string) => `Stop recording: ${what}`, all: 'Record program, as the first face shows it',
    clean: 'Program without overlays', program: 'Program alone', multiview: 'Multiview', face: (name: string) => `Face ${name}`,
    where: 'In the folder', none: 'Nothing is recorded.', remedy: 'Make room, or choose another folder in the show file; Tribune tries again by itself.',
  },
);

interface Given {
  view: DeskView;
  actual: Actual | null;
  send: (command: Command) => Promise<Outcome>;
}

const healthOf = (actual: Actual | null, view: string): RecordingHealth | undefined => actual?.recordings?.find((one) => one.view === view);
const stateOf = (health: RecordingHealth | undefined): RecordingHealth['state'] => health?.state ?? 'starting';

// Off: starts program's recording. On: what runs, how long, and ends all of it.
export function RecordButton({ view, actual, send }: Given) {
  const t = useWords(words);
  const may = useMay();
  const recordings = view.stage.recordings ?? [];
  const first = recordings[0];
  if (!first) {
    return (
      <button type="button" class="quiet record" title={t.all} onClick={() => void send({ kind: 'start_record' })} {...may('start_record')}>
        <span class="dot" aria-hidden="true" /> <span class="word">{t.record}</span>
      </button>
    );
  }
  const health = healthOf(actual, first.view);
  const state = stateOf(health);
  return (
    <button type="button" class={`record runs ${state}`} aria-pressed={true} title={health?.detail || health?.file} onClick={() => void send({ kind: 'stop_record' })} {...may('stop_record')}>
      <span class="dot" aria-hidden="true" /> <span class="word">{t.stop}</span> <strong>{state === 'ok' && health ? clock(health.seconds * 1000) : t[state === 'failed' ? 'failed' : 'starting']}</strong>
      {recordings.length > 1 && <span> ×{recordings.length}</span>}
    </button>
  );
}

export function RecordingList({ view, actual, send }: Given) {
  const t = useWords(words);
  const n = useWords(names);
  const lang = useObservable(language);
  const may = useMay();
  const views: [string, string][] = [
    ...view.setup.faces.map(({ name }): [string, string] => [`face/${name}`, t.face(called(n, name))]),
    ['clean', t.clean],
    ['program', t.program],
    ['multiview', t.multiview],
  ];
  const running = view.stage.recordings ?? [];
  for (const { view: other } of running) if (!views.some(([name]) => name === other)) views.push([other, other]);
  const folder = actual?.recordings?.find((one) => one.file !== '')?.file.replace(/\/[^/]*$/, '');
  return (
    <div class="recordings">
      <ul>
        {views.map(([name, title]) => {
          const runs = running.some((one) => one.view === name);
          const health = runs ? healthOf(actual, name) : undefined;
          const state = stateOf(health);
          return (
            <li key={name} class={runs ? state : ''} data-view={name}>
              <button
                type="button" aria-pressed={runs} aria-label={runs ? t.end(title) : t.start(title)}
                onClick={() => void send(runs ? { kind: 'stop_record', view: name } : { kind: 'start_record', view: name })}
                {...may(runs ? 'stop_record' : 'start_record')}
              >
                <span class="dot" aria-hidden="true" /> {runs ? t.stop : t.record}
              </button>
              <span class="what">{title}</span>
              {runs && (
                <span class="facts">
                  {state !== 'ok' || !health
                    ? t[state === 'failed' ? 'failed' : 'starting']
                    : [
                        clock(health.seconds * 1000),
                        megabytes(health.bytes / 1024, lang),
                        health.hours_left > 0 ? t.left(health.hours_left > 99 ? '99+' : decimal(health.hours_left, 1, lang)) : '',
                        health.dropped > 0 ? t.dropped(health.dropped) : '',
                      ]
                        .filter((fact) => fact !== '')
                        .join(' · ')}
                </span>
              )}
              {state === 'failed' && (
                <span class="why" role="alert">
                  {health?.detail} {t.remedy}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <p class="note">{folder ? `${t.where} ${folder}` : running.length === 0 ? t.none : ''}</p>
    </div>
  );
}
