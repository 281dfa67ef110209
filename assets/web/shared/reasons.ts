// Why a source is not live, in this device's language. The server says it in English, with a code; the sentences
// are in assets/words/reasons.json, the same that the faces take.
import given from '../../words/reasons.json';
import type { Language } from './i18n';

const list: Readonly<Record<string, Readonly<Record<Language, string>>>> = given;

// The sentence as it came where the list lacks its code, or has another sentence by that code.
export function reasonIn(language: Language, code: string, sentence: string): string {
  const row = list[code];
  if (!row || language === 'en') return sentence;
  const [before = '', after] = row.en.split('{}');
  if (after === undefined) return sentence === before ? row[language] : sentence;
  if (sentence.length < before.length + after.length || !sentence.startsWith(before) || !sentence.endsWith(after)) return sentence;
  return row[language].replace('{}', () => sentence.slice(before.length, sentence.length - after.length));
}
