// What the desk knows of captions. Pure.
import type { Language } from '../../shared/i18n';
import type { Caption, CaptionTemplate, DeskView } from '../../shared/protocol';

export const captionKey = 'I'; // the chosen one on, or off; with Shift: the next

export const templateOf = (view: DeskView, caption: Caption): CaptionTemplate | undefined =>
  view.setup.caption_templates?.find((one) => one.name === caption.template);

// Its label, else the first words that were written for it, else its name.
export function titleOfCaption(caption: Caption, template: CaptionTemplate | undefined): string {
  const first = template?.fields.map((field) => caption.words[field.name]).find((words) => words);
  return caption.label || first || caption.name;
}

export function captionTitle(view: DeskView, name: string): string {
  const caption = view.captions?.find((one) => one.name === name);
  return caption ? titleOfCaption(caption, templateOf(view, caption)) : name;
}

export const isOn = (view: DeskView, name: string): boolean => view.stage.overlays.some((o) => o.scene === name && o.shown.on);

// A name that nothing else in the show has: "lower_third", "lower_third-2"…
export function freeCaptionName(view: DeskView, template: string): string {
  const taken = new Set([...(view.captions ?? []), ...view.setup.sources, ...Object.values(view.scenes.list)].map((one) => one.name));
  let name = template;
  for (let n = 2; taken.has(name); n++) name = `${template}-${n}`;
  return name;
}

// The caption `by` places further, in a ring; the first when none is chosen.
export function neighbour(captions: readonly Caption[], chosen: string | null, by: number): Caption | undefined {
  const at = captions.findIndex((one) => one.name === chosen);
  return at < 0 ? captions[0] : captions[(at + by + captions.length) % captions.length];
}

// What is written when somebody of the show's people is named: the role follows, unless another was typed.
export function wordsFor(view: DeskView, caption: Caption, field: string, text: string): Record<string, string> {
  const people = view.setup.people ?? [];
  const person = people.find((one) => one.name === text);
  const role = caption.words['role'] ?? '';
  const hasRole = templateOf(view, caption)?.fields.some((one) => one.name === 'role') === true;
  const free = role === '' || people.some((one) => one.role === role);
  return field === 'name' && person && hasRole && free ? { name: text, role: person.role } : { [field]: text };
}

// "5", "5:30", "1:02:00" and "90 s" in milliseconds; null for what is no time.
export function readTime(text: string): number | null {
  const seconds = /^\s*(\d{1,5})\s*s\s*$/.exec(text)?.[1];
  const parts = seconds === undefined ? text.trim().split(':') : ['0', seconds];
  if (parts.length > 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return null;
  const numbers = parts.map(Number);
  const total = parts.length === 1 ? (numbers[0] ?? 0) * 60 : numbers.reduce((sum, part) => sum * 60 + part, 0);
  return total >= 1 && total <= 86_400 ? total * 1000 : null;
}

export const labelIn = (lang: Language, label: { fr: string; en: string }): string => label[lang];
