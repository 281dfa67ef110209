// What time it is in the show, from answers that took their time to come. Each says between which two readings of our
// own clock the server read its own: show time is ahead of ours by no less than one number and no more than another.
// All that was heard lately must hold at once, which tells more than the quickest answer alone. Our clock is
// performance.now(): no one sets it, but it stands still while some devices sleep, and it may run a little fast or slow.

interface Bound {
  at: number; // when it was heard
  low: number;
  high: number;
}

const kept = 16; // answers; with one every five seconds and a few at once, those of more than a minute
const drift = 200e-6; // of two clocks against each other, at most; more than crystals have

export class ShowClock {
  #bounds: Bound[] = [];
  offset = 0; // show time - ours, milliseconds
  doubt = Infinity; // it is off by this at most

  // The server was asked at `sent` and its answer, whole milliseconds of show time, was here at `now`.
  heard(sent: number, showMs: number, now: number): void {
    this.#bounds = [{ at: now, low: showMs - now, high: showMs + 1 - sent }, ...this.#bounds.slice(0, kept - 1)];
    let low = -Infinity;
    let high = Infinity;
    for (const [i, bound] of this.#bounds.entries()) {
      const aged = drift * (now - bound.at);
      const nextLow = Math.max(low, bound.low - aged);
      const nextHigh = Math.min(high, bound.high + aged);
      if (nextLow > nextHigh) {
        this.#bounds.length = i; // one of the clocks has jumped since: what was heard before is of no use
        break;
      }
      [low, high] = [nextLow, nextHigh];
    }
    this.offset = (low + high) / 2;
    this.doubt = (high - low) / 2;
  }

  // Another show, another clock.
  forget(): void {
    this.#bounds = [];
    this.doubt = Infinity;
  }
}
