// How much of live pictures a line carries without holding up what matters: commands and their answers wait behind
// pictures, so the clock's trip tells. Down at once, up again slowly, and more slowly each time it did not last.

export interface Pace {
  fps: number;
  widest: number; // pixels
}

const paces: readonly Pace[] = [{ fps: 10, widest: 960 }, { fps: 6, widest: 480 }, { fps: 3, widest: 320 }, { fps: 2, widest: 160 }];
const slow = 350; // milliseconds more than the shortest trip: pictures are in the way
const late = 900; // milliseconds: too long whatever the line, also where no trip was ever short
const quick = 120;
const firstWait = 4; // quick trips before the next step up
const longestWait = 40;

export class PaceKeeper {
  #at = 0;
  #shortest = Infinity;
  #quick = 0;
  #wait = firstWait;

  get pace(): Pace {
    return paces[this.#at] ?? { fps: 2, widest: 160 };
  }

  // True when the pace changed.
  tripped(milliseconds: number): boolean {
    this.#shortest = Math.min(this.#shortest, milliseconds);
    const more = milliseconds - this.#shortest;
    if (more > slow || milliseconds > late) {
      this.#quick = 0;
      if (this.#at === paces.length - 1) return false;
      this.#at++;
      this.#wait = Math.min(longestWait, this.#wait * 2);
      return true;
    }
    if (more > quick || this.#at === 0 || ++this.#quick < this.#wait) return false;
    this.#quick = 0;
    this.#at--;
    return true;
  }
}
