// What needs a hand, worst first, each with its remedy. Pure: from what is wanted and what is.
import type { Language } from '../../shared/i18n';
import { called, gradeOfSource, type Grade } from '../../shared/names';
import type { Actual, DeskView, SourceHealth } from '../../shared/protocol';
import { reasonIn } from '../../shared/reasons';
import { detailIn } from './details';
import type { words } from './words';

export interface Alert {
  id: string;
  grade: Exclude<Grade, 'good'>;
  what: string;
  why: string; // '' when nobody says
  remedy: string;
}

type Text = (typeof words)['fr'];

// Frames late in one report that are worth a word.
const lateShare = 0.05;

export const gradeOfOutput = (state: string): Grade => (state === 'ok' ? 'good' : 'bad');
export const gradeOfProcess = (state: string): Grade =>
  state === 'running' ? 'good' : state === 'starting' ? 'warn' : 'bad';

export function alertsOf(view: DeskView, actual: Actual, online: boolean, lang: Language, t: Text, n: object): Alert[] {
  const alerts: Alert[] = [];
  const add = (id: string, grade: Alert['grade'], what: string, why: string, remedy: string): void => {
    alerts.push({ id, grade, what, why, remedy });
  };
  if (!online) add('line', 'bad', t.aLine, '', t.aLineDo);

  for (const output of actual.outputs) {
    const face = output.view ? called(t, output.view) : called(n, output.face);
    if (output.state === 'lost') add(`output ${output.name}`, 'bad', t.aOutput(output.name, face), detailIn(lang, output.detail), t.aOutputDo);
    else if (output.state !== 'ok') {
      add(`output ${output.name}`, 'bad', t.aOutputFailed(output.name, face), detailIn(lang, output.detail), t.aOutputFailedDo);
    }
  }

  const remedies: Readonly<Record<string, string>> = {
    connecting: t.aConnectDo, stalled: t.aStalledDo, lost: t.aLostDo, refused: t.aRefusedDo,
  };
  for (const { name, label } of view.setup.sources) {
    const health: SourceHealth | undefined = actual.sources.find((s) => s.name === name);
    const state = health?.state ?? 'connecting';
    const grade = gradeOfSource(state);
    if (grade === 'good') continue;
    const what = t.aSource(label || name, called(n, state).replace('…', '').toLowerCase());
    add(`source ${name}`, grade, what, health ? reasonIn(lang, health.code, health.reason) : '', remedies[state] ?? t.aLostDo);
  }

  for (const process of actual.processes) {
    if (gradeOfProcess(process.state) === 'bad') {
      add(`process ${process.name}`, 'warn', t.aProcess(process.name), '', t.aProcessDo);
    }
  }

  const wanted = (1000 * view.setup.rate.denominator) / view.setup.rate.numerator;
  const { frame_ms, late, frames } = actual.render;
  if (frame_ms > wanted || (frames > 300 && late / frames > lateShare)) add('render', 'warn', t.aRender, '', t.aRenderDo);

  for (const { name, code, message } of actual.render.transitions ?? []) {
    const label = view.setup.sources.find((source) => source.name === name)?.label || name;
    add(`transition ${name}`, 'warn', t.aTransition(label), `${code} · ${message}`, code.startsWith('stinger') ? t.aStingerDo : t.aTransitionDo);
  }

  return alerts.sort((a, b) => Number(b.grade === 'bad') - Number(a.grade === 'bad'));
}
