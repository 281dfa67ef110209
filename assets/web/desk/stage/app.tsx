// The stage desk: what works, what does not, and what to do about it.
import type { Connection, Outcome } from '../../shared/connection';
import { DiskNotice } from '../../shared/disk-notice';
import { age, clock, decimal, megabytes, whole } from '../../shared/format';
import { Door, Header } from '../../shared/header';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { called, gradeOfSource, gradeSigns, names, type Grade } from '../../shared/names';
import type { Observable } from '../../shared/observable';
import { Granted } from '../../shared/may';
import type { Actual, Command, DeskView, Size } from '../../shared/protocol';
import { RecordingList } from '../../shared/recordings';
import { rightsOf } from '../../shared/rights';
import { ToastList, type Toasts } from '../../shared/toasts';
import { alertsOf, gradeOfOutput, gradeOfProcess, type Alert } from './alerts';
import { detailIn } from './details';
import { Card, Facts, Table, type Cell } from './table';
import { words } from './words';

interface Given {
  connection: Connection;
  toasts: Toasts;
  view: Observable<DeskView | null>;
  actual: Observable<Actual | null>;
}

export function StagePage({ connection, toasts, view: viewStore, actual: actualStore }: Given) {
  const t = useWords(words);
  const n = useWords(names);
  const lang = useObservable(language);
  const link = useObservable(connection.link);
  const view = useObservable(viewStore);
  const actual = useObservable(actualStore);
  const rights = rightsOf(useObservable(connection.welcome));
  const send = async (command: Command): Promise<Outcome> => {
    const outcome = await connection.command(command);
    toasts.check(outcome);
    return outcome;
  };
  return (
    <>
      <Header title={t.title} link={link} {...(view ? { sub: view.title } : {})} />
      <DiskNotice actual={actualStore} mends />
      <Door connection={connection}>
        {view && actual ? (
          <main class="stage">
            <Alerts alerts={alertsOf(view, actual, link === 'open', lang, t, n)} stored={actual.journal.storage_ok} />
            <Granted value={rights}>
              <Cards view={view} actual={actual} send={send} />
            </Granted>
          </main>
        ) : (
          <main class="wait">{t.loading}</main>
        )}
      </Door>
      <ToastList toasts={toasts} />
    </>
  );
}

// `stored`: the disk writes; when it does not, its notice says so above.
function Alerts({ alerts, stored }: { alerts: Alert[]; stored: boolean }) {
  const t = useWords(words);
  return (
    <section class="alerts" aria-live="polite" aria-label={t.alerts}>
      {alerts.length === 0 ? (
        stored && (
          <p class="fine">
            <span aria-hidden="true">✓</span>
            <strong>{t.allGood}</strong> {t.allGoodMore}
          </p>
        )
      ) : (
        <ul>
          {alerts.map((alert) => (
            <li key={alert.id} class={alert.grade}>
              <span class="sign" aria-hidden="true">
                {gradeSigns[alert.grade]}
              </span>
              <div>
                <p class="what">{alert.what}</p>
                {alert.why && <p class="why">{alert.why}</p>}
                <p class="remedy">
                  <span class="hidden">{t.remedy} : </span>
                  <span aria-hidden="true">→</span> {alert.remedy}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const light = (grade: Grade, text: string): Cell => ({ text, grade });
const figure = (text: string, grade?: Grade): Cell => ({ text, figure: true, ...(grade ? { grade } : {}) });
const sizeText = (size: Size | undefined): string => (size && size.width > 0 ? `${size.width} × ${size.height}` : '–');

function Cards({ view, actual, send }: { view: DeskView; actual: Actual; send: (command: Command) => Promise<Outcome> }) {
  const t = useWords(words);
  const n = useWords(names);
  const lang = useObservable(language);
  const num = (value: number): string => whole(value, lang);
  const fps = (value: number): string => decimal(value, 1, lang);
  const ms = (value: number): string => `${decimal(value, value < 10 ? 1 : 0, lang)} ms`;
  const counted = (value: number): Cell => figure(num(value), value > 0 ? 'warn' : undefined);
  const labelOf = (name: string): string => view.setup.sources.find((s) => s.name === name)?.label || name;
  const wantedRate = view.setup.rate.numerator / view.setup.rate.denominator;

  const faces = view.setup.faces.map(({ name }) => {
    const face = actual.faces.find((f) => f.name === name);
    if (!face) return [{ text: called(n, name) }, light('warn', t.noReport)];
    const slow = face.frames_per_second < wantedRate * 0.9;
    return [
      { text: called(n, name) },
      face.shows === 'slate' ? light('warn', t.slate) : light('good', labelOf(face.shows)),
      { text: called(n, view.stage.faces[name]?.wall ?? '') },
      figure(fps(face.frames_per_second), slow ? 'warn' : undefined),
      figure(num(face.words)),
      figure(num(face.wall_pages)),
      figure(sizeText(face.size)),
    ];
  });
  const outputs = actual.outputs.map((output) => [
    { text: output.name },
    light(gradeOfOutput(output.state), called({ ...t, ...n, ok: t.ok }, output.state)),
    { text: output.view ? called(t, output.view) : called(n, output.face) },
    { text: called(t, output.kind) },
    { text: output.detail === '' ? '–' : detailIn(lang, output.detail), long: true },
    figure(num(output.frames)),
  ]);
  const sources = view.setup.sources.map(({ name, label }, at) => {
    const health = actual.sources.find((s) => s.name === name);
    const seen = actual.seen.find((s) => s.name === name);
    const title = { text: `${at + 1} · ${label || name}` };
    if (!health) return [title, light('warn', t.noReport)];
    const rate = health.wanted_frames_per_second;
    return [
      title,
      light(gradeOfSource(health.state), called(n, health.state)),
      { text: health.codec || '–' },
      figure(sizeText(health.size)),
      figure(rate > 0 ? `${fps(health.frames_per_second)} / ${num(rate)}` : fps(health.frames_per_second)),
      figure(seen ? age(seen.frame_age_ms, lang) : '–'),
      counted(health.dropped),
      counted(health.corrupt),
      counted(health.reconnects),
    ];
  });
  const processes = actual.processes.map((process) => [
    { text: process.name },
    light(gradeOfProcess(process.state), called(t, process.state)),
    figure(clock(process.up_seconds * 1000)),
    counted(process.restarts),
    figure(megabytes(process.memory_kb, lang)),
    figure(num(process.threads)),
    figure(num(process.descriptors)),
    figure(String(process.pid || '–')),
  ]);
  const { render, journal, net } = actual;

  return (
    <div class="cards">
      <Card title={t.sources} wide>
        <Table name={t.sources} heads={[t.name, t.state, t.codec, t.size, t.rate, t.age, t.dropped, t.corrupt, t.reconnects]} rows={sources} />
      </Card>
      <Card title={t.faces}>
        <Table name={t.faces} heads={[t.name, t.shows, t.wall, t.rate, t.words, t.pages, t.size]} rows={faces} />
      </Card>
      <Card title={t.outputs}>
        <Table name={t.outputs} heads={[t.name, t.state, t.face, t.kind, t.detail, t.frames]} rows={outputs} />
      </Card>
      <Card title={t.recordings} wide>
        <RecordingList view={view} actual={actual} send={send} />
      </Card>
      <Card title={t.processes} wide>
        <Table name={t.processes} heads={[t.name, t.state, t.up, t.restarts, t.memory, t.threads, t.descriptors, t.pid]} rows={processes} />
      </Card>
      <div class="trio">
        <Card title={t.render}>
          <Facts
            facts={[
              [t.painter, { text: render.painter }],
              [t.work, figure(ms(render.frame_ms), render.frame_ms > 1000 / wantedRate ? 'warn' : 'good')],
              [t.gap, figure(ms(render.longest_gap_ms))],
              [t.frames, figure(num(render.frames))],
              [t.late, counted(render.late)],
              [t.failed, counted(render.failed)],
            ]}
          />
        </Card>
        <Card title={t.journal}>
          <Facts
            facts={[
              [t.disk, journal.storage_ok ? light('good', t.writes) : light('bad', t.stuck)],
              [t.p99, figure(ms(journal.commit_ms_p99))],
              [t.sequence, figure(num(journal.sequence))],
              [t.records, figure(num(journal.records))],
              [t.commits, figure(num(journal.commits))],
              [t.busy, counted(journal.refused_busy)],
            ]}
          />
        </Card>
        <Card title={t.net}>
          <Facts
            facts={[
              [t.tables, figure(t.of(num(net.tables), num(view.setup.tables)), net.tables > 0 ? 'good' : undefined)],
              [t.clients, figure(num(net.clients))],
              [t.messages, figure(num(net.messages_in))],
              [t.refusals, counted(net.refused)],
              [t.culled, counted(net.culled)],
            ]}
          />
        </Card>
      </div>
    </div>
  );
}
