// The time of rounds, as voice/rounds.hpp tells it; all in milliseconds of show time.
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from './connection';
import { clock } from './format';
import type { Notice, OpenRound } from './protocol';

export const warningLength = 15_000;

export const elapsed = (round: OpenRound, now: number): number =>
  Math.max(0, (round.paused_since_ms === null ? now : Math.min(now, round.paused_since_ms)) - round.started_ms - round.paused_ms);

// Null: it has no planned length. Negative beyond it.
export const timeLeft = (round: OpenRound, now: number): number | null =>
  round.length_ms === null ? null : round.length_ms - elapsed(round, now);

// 0:01 until the last moment, 0:00 at the end, then +0:01 for each second over.
export const countdown = (left: number): string => (left > -1000 ? clock(Math.ceil(left / 1000) * 1000) : `+${clock(-left)}`);

// The warning that stands now, as the seconds it was due before the end.
export function standingWarning(round: OpenRound, warnings: readonly number[], now: number): number | null {
  const left = timeLeft(round, now);
  const whole = round.length_ms;
  if (left === null || whole === null) return null;
  const standing = warnings.filter((s) => s * 1000 < whole && left <= s * 1000 && left > s * 1000 - warningLength);
  return standing.length > 0 ? Math.min(...standing) : null;
}

export const stands = (notice: Notice | null, now: number): notice is Notice =>
  notice !== null && now >= notice.at_ms && now < notice.at_ms + notice.length_ms;

// Show time, drawn again just when the seconds of this round change: all devices change together.
export const useShowSecond = (connection: Connection, round: OpenRound | null): number =>
  useSecond(connection, round ? round.started_ms + round.paused_ms + (round.length_ms ?? 0) : 0, round?.paused_since_ms);

const setBack = 250; // milliseconds: less is the clock being told better, and takes no second back that was shown

// The same, just when a second has passed since `phase`, of show time. Begins anew with another phase or `state`.
export function useSecond(connection: Connection, phase: number, state?: unknown): number {
  const [now, set] = useState(() => connection.showNow());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let shown = -Infinity;
    const step = (): void => {
      const at = connection.showNow();
      if (at > shown || at < shown - setBack) {
        shown = at;
        set(at);
      }
      clearTimeout(timer);
      timer = setTimeout(step, 1 + ((((phase - at) % 1000) + 1000) % 1000));
    };
    step();
    const deaf = connection.clock.subscribe(step);
    return () => {
      deaf();
      clearTimeout(timer);
    };
  }, [connection, phase, state]);
  return now;
}
