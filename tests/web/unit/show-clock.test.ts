// The time of the show on a device, over networks and clocks as bad as halls have them. Simulated: no clock is read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ShowClock } from '../../../assets/web/shared/show-clock';

// The same numbers each time (mulberry32).
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// A device with a clock of its own, in a world whose time is `true`.
class Device {
  readonly clock = new ShowClock();
  true = 50_000;
  ahead = 0; // show time - the device's
  rate = 1; // of its clock

  own(at = this.true): number {
    return at * this.rate - this.ahead;
  }
  // The server hears after `there`, and is heard after `back`.
  ask(there: number, back: number): void {
    const sent = this.own();
    const show = Math.floor(this.true + there);
    this.true += there + back;
    this.clock.heard(sent, show, this.own());
  }
  get error(): number {
    return this.own() + this.clock.offset - this.true;
  }
}

describe('the show’s clock on a device', () => {
  test('is exact to half a millisecond where the line is even, however long, and never off by more than it says', () => {
    for (const way of [0, 3, 80, 400]) {
      const device = new Device();
      device.ahead = 7_200_000;
      device.ask(way, way);
      assert.ok(Math.abs(device.error) <= 0.5, `${way}: ${device.error}`);
      assert.ok(Math.abs(device.clock.doubt - way - 0.5) <= 0.5);
    }
  });

  test('is within 50 ms where each message is late by up to a third of a second, and by more one way', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const device = new Device();
      device.ahead = -3_600_000 * random();
      // Most messages of a crowded network are quick, some are very late.
      const late = (): number => 5 + 330 * random() ** 3;
      for (let i = 0; i < 8; i++) device.ask(late(), 20 + late());
      assert.ok(Math.abs(device.error) <= 50, `seed ${seed}: ${device.error}`);
      assert.ok(Math.abs(device.error) <= device.clock.doubt);
    }
  });

  test('uses messages that were quick one way only', () => {
    const device = new Device();
    device.ask(200, 2);
    device.ask(2, 200);
    assert.ok(Math.abs(device.error) <= 2.5, String(device.error));
    assert.ok(device.clock.doubt <= 3);
  });

  test('follows a clock that runs fast for an hour', () => {
    const device = new Device();
    device.rate = 1 + 100e-6;
    let worst = 0;
    for (let i = 0; i < 720; i++) {
      device.ask(i % 7 ? 30 : 2, i % 5 ? 25 : 2);
      device.true += 5000;
      worst = Math.max(worst, Math.abs(device.error));
      assert.ok(Math.abs(device.error) <= device.clock.doubt + 1, `${i}: ${device.error} ± ${device.clock.doubt}`);
    }
    assert.ok(worst <= 20, String(worst));
  });

  test('is right again with the first answer after the device slept', () => {
    const device = new Device();
    for (let i = 0; i < 8; i++) device.ask(1, 1);
    device.ahead += 12_000; // its clock stood still
    device.ask(60, 60); // slower than all before
    assert.ok(Math.abs(device.error) <= 0.5, String(device.error));
  });

  test('forgets another show’s', () => {
    const device = new Device();
    device.ask(1, 1);
    device.clock.forget();
    assert.equal(device.clock.doubt, Infinity);
    device.ask(100, 100);
    assert.ok(Math.abs(device.clock.doubt - 100.5) <= 0.5);
  });
});
