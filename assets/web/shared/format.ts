// Figures for people.
import type { Language } from './i18n';

// 75000 -> "1:15", 3_675_000 -> "1:01:15".
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

// 250 -> "0,25 s", 2000 -> "2 s".
export const seconds = (milliseconds: number, language: Language): string =>
  `${(milliseconds / 1000).toLocaleString(language, { maximumFractionDigits: 2 })} s`;

// Age of a picture: "40 ms", "1,2 s", "3 min"; "–" for none yet.
export function age(milliseconds: number, language: Language): string {
  if (milliseconds < 0) return '–';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${decimal(milliseconds / 1000, 1, language)} s`;
  if (milliseconds < 3_600_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${Math.round(milliseconds / 3_600_000)} h`;
}

export const decimal = (value: number, digits: number, language: Language): string =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const whole = (value: number, language: Language): string => Math.round(value).toLocaleString(language);

export const megabytes = (kilobytes: number, language: Language): string =>
  kilobytes === 0 ? '–' : `${whole(kilobytes / 1024, language)} ${language === 'fr' ? 'Mo' : 'MB'}`;
