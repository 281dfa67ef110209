// The stand-in's captions: what the server does with them, in few words.
import type { Caption, CaptionTemplate, Command } from '../../../assets/web/shared/protocol';
import type { MockState } from './mock-show';

const field = (name: string, fr: string, en: string, usual = ''): CaptionTemplate['fields'][number] => ({ name, label: { fr, en }, usual });

export const captionTemplates: CaptionTemplate[] = [
  {
    name: 'lower_third', label: { fr: 'Bandeau, nom et rôle', en: 'Lower third, name and role' }, slot: 'lower', in_ms: 900, out_ms: 600, bell_ms: 0,
    fields: [field('name', 'Nom', 'Name'), field('role', 'Rôle', 'Role')],
  },
  {
    name: 'question_band', label: { fr: 'Bandeau de question', en: 'Question band' }, slot: 'lower', in_ms: 900, out_ms: 600, bell_ms: 0,
    fields: [field('question', 'Question', 'Question', '{question}')],
  },
  { name: 'bell_sign', label: { fr: 'Cloche', en: 'Bell' }, slot: 'bell', in_ms: 500, out_ms: 400, bell_ms: 9000, fields: [field('text', "Ce qu'il faut faire", 'What to do')] },
];
export const people = [
  { name: 'Ana Duarte', role: 'Architecte, Porto' },
  { name: 'Karim Benhaddou', role: 'Adjoint au logement' },
];
export const openingCaptions = (): Caption[] => [
  { name: 'ana', label: '', template: 'lower_third', words: { name: 'Ana Duarte', role: 'Architecte, Porto' } },
  { name: 'karim', label: '', template: 'lower_third', words: { name: 'Karim Benhaddou', role: 'Adjoint au logement' } },
  { name: 'question', label: 'La question', template: 'question_band', words: {} },
  { name: 'cloche', label: '', template: 'bell_sign', words: { text: 'Changez de table' } },
];

const slotOf = (state: MockState, name: string): string | undefined => {
  const caption = state.captions.find((one) => one.name === name);
  return captionTemplates.find((one) => one.name === caption?.template)?.slot;
};

// The code of what is wrong, '' when it is done; null for a command that is about something else.
export function applyToCaptions(state: MockState, command: Command, now: number): string | null {
  if (command.kind === 'set_caption') {
    const known = state.captions.find((one) => one.name === command.name);
    if (!known && !captionTemplates.some((one) => one.name === command.template)) return 'unknown_template';
    const caption = known ?? { name: command.name, label: '', template: command.template ?? '', words: {} };
    if (!known) state.captions.push(caption);
    if (command.label !== undefined) caption.label = command.label;
    if (command.template !== undefined) caption.template = command.template;
    caption.words = { ...caption.words, ...command.words };
    if (command.before !== undefined) {
      const others = state.captions.filter((one) => one !== caption);
      const at = others.findIndex((one) => one.name === command.before);
      others.splice(at < 0 ? others.length : at, 0, caption);
      state.captions = others;
    }
    return '';
  }
  if (command.kind === 'remove_caption') {
    if (state.overlays.some((o) => o.scene === command.name && o.shown.on)) return 'caption_in_use';
    state.captions = state.captions.filter((one) => one.name !== command.name);
    return '';
  }
  if (command.kind === 'show_caption') {
    if (!state.captions.some((one) => one.name === command.name)) return 'unknown_caption';
    const slot = slotOf(state, command.name);
    const others = state.overlays.filter((o) => o.scene !== command.name && !(command.on && slot && slotOf(state, o.scene) === slot));
    state.overlays = command.on ? [...others, { scene: command.name, faces: command.faces ?? [], shown: { on: true, start: now, length: 9e8 } }] : others;
    return '';
  }
  if (command.kind === 'start_countdown') {
    state.countdown = { on: true, ends: now + command.length_ms * 1e6, left: 0, length: command.length_ms * 1e6 };
    return '';
  }
  const countdown = state.countdown;
  if (command.kind === 'hold_countdown') {
    const left = countdown.ends === null ? countdown.left : countdown.ends - now;
    state.countdown = command.held ? { ...countdown, ends: null, left } : { ...countdown, ends: now + left, left: 0 };
    return '';
  }
  if (command.kind === 'extend_countdown') {
    if (countdown.ends === null) state.countdown = { ...countdown, left: countdown.left + command.by_ms * 1e6 };
    else state.countdown = { ...countdown, ends: countdown.ends + command.by_ms * 1e6 };
    return '';
  }
  if (command.kind === 'stop_countdown') {
    state.countdown = { on: false, ends: null, left: 0, length: 0 };
    return '';
  }
  return null;
}
