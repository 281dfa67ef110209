// What looks wrong in a vote: hints for the director, never a verdict. Pure.
import type { Poll } from '../../shared/protocol';

export type Doubt = 'changed' | 'burst' | 'voices';

const few = 20; // votes, below which nothing is odd

// `devices`: connected now. People leave, so that twice as many voices as devices is still nothing.
export function doubts(tally: Poll['tally'], devices: number): Doubt[] {
  if (!tally || tally.voices + tally.changed <= few) return [];
  const odd: Doubt[] = [];
  if (tally.changed > tally.voices) odd.push('changed');
  if (tally.most_in_second > few && tally.most_in_second > tally.voices / 2) odd.push('burst');
  if (tally.voices > 2 * devices) odd.push('voices');
  return odd;
}
