// The rundown in few words, and what is typed into it.
import { clock, seconds } from '../../shared/format';
import type { Language } from '../../shared/i18n';
import type { Command, CueTrigger, RundownCue, Step } from '../../shared/protocol';

export const byHand: CueTrigger = { kind: 'hand', delay_ms: 0, at_s: 0 };

// "20:15" or "20:15:30" as seconds; null: not a time.
export function timeOf(text: string): number | null {
  const [, hours, minutes, rest] = /^(\d{1,3})[:h](\d{2})(?::(\d{2}))?$/.exec(text.trim()) ?? [];
  if (hours === undefined || Number(minutes) > 59 || Number(rest ?? 0) > 59) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest ?? 0);
}
export function timeText(at: number): string {
  const pad = (n: number): string => String(n).padStart(2, '0');
  const rest = at % 60;
  return `${pad(Math.floor(at / 3600))}:${pad(Math.floor(at / 60) % 60)}${rest > 0 ? `:${pad(rest)}` : ''}`;
}

// A number for a cue after this one (null: at the end): the next whole one, else one between.
export function freeNumber(cues: readonly RundownCue[], after: string | null): string {
  const taken = new Set(cues.map((cue) => cue.number));
  const at = after === null ? cues.length - 1 : cues.findIndex((cue) => cue.number === after);
  const before = parseFloat(cues[at]?.number ?? '0') || 0;
  const next = parseFloat(cues[at + 1]?.number ?? '');
  const whole = Math.floor(before) + 1;
  if (!(next <= whole) && !taken.has(String(whole))) return String(whole);
  for (let tenth = 1; tenth < 100; tenth++) {
    const between = String(Math.round((before + tenth / (tenth < 10 ? 10 : 100)) * 100) / 100);
    if (!taken.has(between) && !(parseFloat(between) >= next)) return between;
  }
  for (let n = cues.length + 1; ; n++) if (!taken.has(String(n))) return String(n);
}

// A name that every surface can say: letters, digits, - _ and points.
export const plainName = (text: string): string =>
  text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 32);

interface Sayings {
  startText: (kind: CueTrigger['kind'], value: string) => string;
  faces: (list: readonly string[]) => string;
  does: (kind: Command['kind'], what: string) => string;
}

export function startOf(start: CueTrigger, t: Sayings, lang: Language): string {
  const value = start.kind === 'clock' ? timeText(start.at_s) : start.kind === 'show' ? clock(start.at_s * 1000) : start.delay_ms > 0 ? seconds(start.delay_ms, lang) : '';
  return t.startText(start.kind, value);
}

// What a command does, for a line of the rundown.
export function sayingOf(command: Command, t: Sayings, labelOf: (name: string) => string): string {
  const faces = 'faces' in command && command.faces && command.faces.length > 0 ? t.faces(command.faces) : '';
  const what = ((): string => {
    switch (command.kind) {
      case 'cut':
      case 'preview':
      case 'set_overlay':
        return labelOf(command.scene);
      case 'take':
        return command.transition ?? '';
      case 'set_transition':
        return command.transition;
      case 'place_wall':
        return command.placement;
      case 'fade_to_black':
        return command.down ? 'down' : 'up';
      case 'cue':
      case 'play':
      case 'pause':
        return command.sources.map(labelOf).join(', ');
      case 'set_channel':
      case 'set_clip':
      case 'set_stinger':
      case 'remove_stinger':
        return labelOf(command.source);
      case 'set_layer':
      case 'arrange_scene':
        return labelOf(command.scene);
      case 'set_scene':
      case 'remove_scene':
      case 'set_caption':
      case 'remove_caption':
      case 'show_caption':
      case 'remove_source':
        return labelOf(command.name);
      case 'add_source':
        return command.label || command.name;
      case 'start_countdown':
        return clock(command.length_ms);
      case 'extend_countdown':
      case 'extend_round':
        return `${command.by_ms < 0 ? '−' : '+'} ${clock(Math.abs(command.by_ms))}`;
      case 'hold_countdown':
        return command.held ? 'on' : 'off';
      case 'hold_cues':
        return command.on ? 'on' : 'off';
      case 'run_macro':
      case 'remove_macro':
      case 'record_macro':
        return command.macro;
      case 'set_macro':
        return command.macro.label || command.macro.name;
      case 'stop_macro':
        return command.macro ?? '';
      case 'set_cue':
        return command.cue.number;
      case 'move_cue':
      case 'remove_cue':
        return command.cue;
      case 'go':
      case 'stand_by':
        return command.cue ?? '';
      case 'together':
        return command.commands.map((one) => sayingOf(one, t, labelOf)).join(', ');
      case 'set_agenda_item':
        return command.question.text;
      case 'show_notice':
        return command.text;
      default:
        return '';
    }
  })();
  const on = (command.kind === 'set_overlay' || command.kind === 'show_caption') && !command.on ? `−${what}` : what;
  return [t.does(command.kind, on), faces].filter((part) => part !== '').join(' ');
}

// All steps on one line.
export const stepsOf = (steps: readonly Step[], t: Sayings, labelOf: (name: string) => string, lang: Language): string =>
  steps.map(({ wait_ms, command }, at) => `${at > 0 ? '· ' : ''}${wait_ms > 0 ? `${seconds(wait_ms, lang)} → ` : ''}${sayingOf(command, t, labelOf)}`).join(' ');
