// A list that holds still under the finger: while somebody reads or taps in it, what is new waits behind a button, and
// only what the room no longer shows goes. Pure.
import type { ShortContribution } from '../shared/protocol';

export interface Steady {
  list: readonly ShortContribution[];
  waiting: number; // new ones not in it yet
}

export const fewLeft = 4; // a list this short begins anew

export function steady(held: readonly ShortContribution[], newest: readonly ShortContribution[], inUse: boolean): Steady {
  const now = new Map(newest.map((one) => [one.id, one]));
  const list = held.flatMap(({ id }) => now.get(id) ?? []);
  const all = { list: newest, waiting: 0 };
  if (!inUse || list.length < Math.min(fewLeft, newest.length)) return all;
  const known = new Set(list.map(({ id }) => id));
  return { list, waiting: newest.filter(({ id }) => !known.has(id)).length };
}
