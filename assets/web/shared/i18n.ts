// The words of the pages, in French and English. A dictionary has the same entries in both (checked by the
// types); an entry is a text, or a function that makes one.
import { Observable } from './observable';
import { keep, recall } from './storage';
import { typography } from './typography';

export type Language = 'fr' | 'en';
export const languages: readonly Language[] = ['fr', 'en'];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- entries take whatever they need
type Entry = string | ((...given: any[]) => string);
type Same<T> = { [K in keyof T]: T[K] extends string ? string : T[K] };
export type Words<T> = Readonly<Record<Language, Same<T>>>;

function spaced<T extends Record<string, Entry>>(words: T): T {
  const made: Record<string, Entry> = {};
  for (const [name, entry] of Object.entries(words)) {
    made[name] =
      typeof entry === 'string' ? typography(entry) : (...given: unknown[]) => typography(entry(...given));
  }
  return made as T;
}

export function dictionary<T extends Record<string, Entry>>(fr: T, en: Same<T>): Words<T> {
  return { fr: spaced(fr) as Same<T>, en };
}

const isLanguage = (text: string | null): text is Language => languages.includes(text as Language);

function preferred(): Language {
  const system = (navigator.language || 'fr').slice(0, 2).toLowerCase();
  return chosen() ?? (isLanguage(system) ? system : 'fr');
}

export const language = new Observable<Language>(preferred());

const mark = (now: Language): void => {
  document.documentElement.lang = now;
};
mark(language.get());
language.subscribe(mark);

// The language someone chose on this device, null while nobody did.
export function chosen(): Language | null {
  const kept = recall('language');
  return isLanguage(kept) ? kept : null;
}

// Follows the show's language until someone chooses.
export function suggest(code: string): void {
  if (chosen() === null && isLanguage(code)) language.set(code);
}

export function choose(code: Language): void {
  keep('language', code);
  language.set(code);
}
