// An answer is one line. What is left is counted as the server counts: code points, and signs as people see
// them where the browser can tell (Intl.Segmenter; without it each code point is one).
import type { Limits } from '../shared/protocol';

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface Segmenter {
  segment(text: string): Iterable<unknown>;
}
type SegmenterClass = new (locale: undefined, options: { granularity: 'grapheme' }) => Segmenter;
const { Segmenter } = Intl as unknown as { Segmenter?: SegmenterClass };
const segmenter = Segmenter ? new Segmenter(undefined, { granularity: 'grapheme' }) : null;

const count = (items: Iterable<unknown>): number => Array.from(items).length;

// Negative when over a limit.
export function left(text: string, limits: Pick<Limits, 'text_code_points' | 'text_clusters'>): number {
  const line = oneLine(text);
  const points = count(line);
  const clusters = segmenter ? count(segmenter.segment(line)) : points;
  return Math.min(limits.text_code_points - points, limits.text_clusters - clusters);
}

export const titleLimits = { text_code_points: 80, text_clusters: 60 }; // as the server's
