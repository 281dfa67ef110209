// A countdown is the same on all devices, whatever their clocks and networks.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { countdownShow, devices, measureFlips } from './support/flips';
import { launch } from './support/harness';
import { Program } from './support/program';

const bar = 50; // milliseconds
const flips = 6;

let browser: Browser;
let program: Program;

before(async () => {
  browser = await launch();
  program = await Program.run(countdownShow);
});
after(async () => {
  await program.stop();
  await browser.close();
});

describe('a countdown', () => {
  // A busy machine makes a change late, never early; what a device takes the time to be shows in its quickest ones.
  test('changes on all devices within 50 ms of the show’s own clock', async () => {
    let at = 0;
    const measured = await measureFlips(browser, program, flips, () => (at = (at + 0.618) % 1));
    assert.equal(measured.length, devices.length);
    const quickest = measured.map(({ name, late, doubt }) => {
      assert.ok(late.size >= flips, name);
      assert.ok(doubt <= 10, `${name}: its clock is known to ${doubt} ms only`);
      const least = Math.min(...late.values());
      assert.ok(Math.abs(least) <= bar, `${name}: ${[...late.values()].map(Math.round).join(' ')} ms`);
      return least;
    });
    assert.ok(Math.max(...quickest) - Math.min(...quickest) <= bar, quickest.map(Math.round).join(' '));
  });
});
