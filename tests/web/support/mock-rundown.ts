// The stand-in's rundown and macros: what the server does with them, in few words.
import type { Command, RundownView } from '../../../assets/web/shared/protocol';
import type { MockState } from './mock-show';

export const noRundown = (): RundownView => ({
  cues: [], macros: {}, current: '', since: 0, begun: null, next: null, chosen: false, due: null, hold: false, in_hand: '', runs: [], recording: null, fault: null,
});

// The code of what is wrong, '' when it is done; null for a command that is about something else. `run`: carries out
// a step's command.
export function applyToRundown(state: MockState, command: Command, now: number, run: (command: Command) => void): string | null {
  const r = state.rundown;
  const indexOf = (number: string): number => r.cues.findIndex((cue) => cue.number === number);
  const follow = (): void => {
    if (!r.chosen) r.next = r.cues[indexOf(r.current) + 1]?.number ?? null;
    const next = r.cues[indexOf(r.next ?? '')];
    r.due = !r.chosen && next?.start.kind === 'after' && r.in_hand !== '' && !r.hold ? r.since + next.start.delay_ms * 1e6 : null;
  };
  const go = (number: string | null): string => {
    const cue = r.cues[indexOf(number ?? '')];
    if (!cue) return 'no_next_cue';
    Object.assign(r, { current: cue.number, since: now, begun: r.begun ?? now, chosen: false, in_hand: 'producer', fault: null });
    for (const step of cue.steps) run(step.command);
    follow();
    return '';
  };
  const done = (): string => {
    follow();
    return '';
  };
  const recorded = r.recording;
  const steps = (state.recorded ??= []);
  if (recorded && !['record_macro', 'stop_recording', 'go', 'undo', 'redo'].includes(command.kind)) {
    steps.push({ wait_ms: 0, command });
    recorded.steps = steps.length;
  }
  switch (command.kind) {
    case 'set_cue': {
      const at = indexOf(command.was ?? command.cue.number);
      if (command.was !== undefined && command.was !== command.cue.number && indexOf(command.cue.number) >= 0) return 'cue_taken';
      const before = command.before === undefined ? -1 : indexOf(command.before);
      if (at >= 0) r.cues[at] = command.cue;
      else r.cues.splice(before < 0 ? r.cues.length : before, 0, command.cue);
      return done();
    }
    case 'move_cue': {
      const [cue] = r.cues.splice(indexOf(command.cue), 1);
      const before = command.before === undefined ? -1 : indexOf(command.before);
      if (cue) r.cues.splice(before < 0 ? r.cues.length : before, 0, cue);
      return done();
    }
    case 'remove_cue':
      r.cues.splice(indexOf(command.cue), 1);
      return done();
    case 'go':
      return go(command.cue ?? r.next);
    case 'back':
      return go(r.cues[indexOf(r.current) - 1]?.number ?? null);
    case 'stand_by':
      Object.assign(r, { next: command.cue ?? null, chosen: command.cue !== undefined, in_hand: 'producer' });
      return done();
    case 'hold_cues':
      r.hold = command.on;
      return done();
    case 'set_macro':
      r.macros[command.macro.name] = command.macro;
      return '';
    case 'remove_macro':
      Reflect.deleteProperty(r.macros, command.macro);
      return '';
    case 'run_macro':
      for (const step of r.macros[command.macro]?.steps ?? []) run(step.command);
      return r.macros[command.macro] ? '' : 'unknown_macro';
    case 'stop_macro':
      r.runs = r.runs.filter((one) => command.macro !== undefined && one.macro !== command.macro);
      return '';
    case 'record_macro':
      r.recording = { macro: command.macro, by: 'producer', timing: command.timing ?? false, own_only: false, full: false, steps: 0 };
      state.recorded = [];
      state.recordedLabel = command.label ?? '';
      return '';
    case 'stop_recording':
      if (!recorded) return 'not_recording';
      if (command.keep !== false) r.macros[recorded.macro] = { name: recorded.macro, label: state.recordedLabel ?? '', steps };
      r.recording = null;
      return '';
    default:
      return null;
  }
}
