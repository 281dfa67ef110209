// Where a clip stands at a time of the show, as the engine and the captures reckon it (engine/base/transport.hpp).
import type { Transport } from './protocol';

export type ClipState = 'cued' | 'playing' | 'paused' | 'ended';

export interface ClipPoint {
  state: ClipState;
  position: number; // nanoseconds from the first picture
}

const positive = (t: Transport): boolean => t.duration > 0;

// Where a round ends; Infinity while the clip's length is not known.
export function clipEnd(t: Transport): number {
  const end = t.out ?? Infinity;
  return positive(t) ? Math.min(end, t.duration) : end;
}

const shortestLoop = 20e6; // nanoseconds

const loopStart = (t: Transport, end: number): number => Math.min(Math.max(t.in, 0), Math.max(end - shortestLoop, 0));

// `now`: nanoseconds of show time.
export function clipPoint(t: Transport, now: number): ClipPoint {
  const end = clipEnd(t);
  if (t.motion !== 'playing') {
    const position = Math.max(0, Math.min(t.position, positive(t) ? t.duration - 1 : Infinity));
    if (t.motion === 'cued') return { state: 'cued', position };
    return { state: position >= end - 1 ? 'ended' : 'paused', position };
  }
  const position = Math.max(0, t.position + Math.max(0, now - t.since) * t.speed);
  if (position < end) return { state: 'playing', position };
  const start = loopStart(t, end);
  if (t.loop) return { state: 'playing', position: start + ((position - end) % (end - start)) };
  return t.at_end === 'stop' ? { state: 'cued', position: start } : { state: 'ended', position: end - 1 };
}

// Milliseconds until the end of the clip, or of this round of a loop, at its speed.
export function remaining(t: Transport, now: number): number {
  const left = clipEnd(t) - clipPoint(t, now).position;
  return Number.isFinite(left) ? Math.max(0, left) / 1e6 / t.speed : 0;
}
