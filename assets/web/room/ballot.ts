// Votes in the making, by kind of poll, and results in figures. Pure.
import type { Poll } from '../shared/protocol';

export type Marks = readonly number[];

// What a finger changes of a vote: the choice it chose, or the dots it gave.
export function toggled(marks: Marks, choice: number): Marks {
  return marks.includes(choice) ? marks.filter((one) => one !== choice) : [...marks, choice];
}
export function moved(marks: Marks, at: number, by: number): Marks {
  const to = at + by;
  if (to < 0 || to >= marks.length) return marks;
  const next = [...marks];
  [next[at], next[to]] = [marks[to] ?? 0, marks[at] ?? 0];
  return next;
}
export const dotsLeft = (poll: Poll, marks: Marks): number => poll.dots - marks.reduce((sum, n) => sum + n, 0);
export function dotted(poll: Poll, marks: Marks, choice: number, by: number): Marks {
  const all = Array.from({ length: poll.choices }, (_, at) => marks[at] ?? 0);
  const now = all[choice] ?? 0;
  if (now + by < 0 || (by > 0 && dotsLeft(poll, all) < by)) return all;
  all[choice] = now + by;
  return all;
}
export const noMarks = (poll: Poll): Marks => (poll.poll_kind === 'dots' ? Array.from({ length: poll.choices }, () => 0) : []);
export const sameMarks = (a: Marks, b: Marks): boolean => a.length === b.length && a.every((mark, at) => mark === b[at]);
// One tap says it all.
export const isOneTap = (poll: Poll): boolean => poll.poll_kind === 'single' || poll.poll_kind === 'yes_no' || poll.poll_kind === 'scale';

export interface Bar {
  choice: number;
  marks: number;
  share: number; // of the longest bar, 0…1
  percent: number | null; // of the voices; null where marks are no voices
}

export function bars(poll: Poll): Bar[] {
  const marks = poll.tally?.marks ?? [];
  const voices = poll.tally?.voices ?? 0;
  const most = Math.max(1, ...marks);
  const counted = poll.poll_kind !== 'dots' && poll.poll_kind !== 'ranking';
  return Array.from({ length: poll.choices }, (_, choice) => {
    const n = marks[choice] ?? 0;
    return { choice, marks: n, share: n / most, percent: counted ? (voices > 0 ? Math.round((100 * n) / voices) : 0) : null };
  });
}

// Of a scale, from 1; null: nobody voted.
export function mean(poll: Poll): number | null {
  const marks = poll.tally?.marks ?? [];
  const voices = marks.reduce((sum, n) => sum + n, 0);
  return voices === 0 ? null : marks.reduce((sum, n, at) => sum + n * (at + 1), 0) / voices;
}
