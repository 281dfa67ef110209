// The whole way on the real program: from a tablet's keyboard to the pixels of a face, on a good network and a bad one.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, shoot, sit, type Seat } from './support/harness';
import type { Picture } from './support/png';
import { Program } from './support/program';
import { Wire } from './support/wire';

const outage = 10_000;
const show = `
title = "Essai"
language = "fr"
tables = 8
[venue]
face_size = "640x360"
[wall]
placement = "full"
[opening]
question = "Que faut-il changer ?"
round = true
[[source]]
name = "noir"
url = "lavfi:color=c=black:s=640x360:r=30"
`;

let browser: Browser;
let program: Program;
let wire: Wire;
let seat: Seat | undefined;

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  program = await Program.run(show);
  wire = await Wire.to(program.url);
});
afterEach(async () => {
  await seat?.context.close();
  seat = undefined;
  await wire.stop();
  await program.stop();
});

async function table(): Promise<Page> {
  seat = await sit(browser, { ...program, url: wire.url, mock: null, stop: () => Promise.resolve() }, '/table/7', 'table/7');
  await seat.page.locator('.link.open').waitFor();
  return seat.page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Votre réponse').fill(text);
  await page.getByLabel('Votre réponse').press('Enter');
}

const answer = (page: Page, text: string, state: string): Locator => page.locator(`.ours li.${state}`, { hasText: text });

// Bright points between the question above and the count below: where words stand, and nothing else.
function ink({ width, height, channels, bytes }: Picture): number {
  let bright = 0;
  for (let y = Math.floor(height * 0.25); y < height * 0.85; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      if ((bytes[at] ?? 0) + (bytes[at + 1] ?? 0) + (bytes[at + 2] ?? 0) > 360) bright++;
    }
  }
  return bright;
}

// A face is asked again until a word stands on it; the test's own limit ends what never comes.
async function wordOn(face: string): Promise<void> {
  while (ink(await program.face(face)) < 150) await pass(50);
}

describe('a word', () => {
  test('goes from the tablet to ✓ and to every face', async () => {
    const page = await table();
    assert.equal(ink(await program.face('north')), 0);
    await say(page, 'Ascenseur');
    await answer(page, 'Ascenseur', 'received').waitFor();
    for (const face of ['north', 'east', 'south', 'west']) await wordOn(face);
    await shoot(page, 'real-table');
    assert.deepEqual(seat?.complaints, []);
    assert.deepEqual((await program.contributions()).map((c) => [c.table, c.text]), [[7, 'Ascenseur']]);
  });

  test('typed while the network is gone for ten seconds arrives once', async () => {
    const page = await table();
    wire.cut();
    await Promise.all([pass(outage), say(page, 'Chauffage').then(() => page.getByText('Sans réseau').waitFor())]);
    await answer(page, 'Chauffage', 'kept').waitFor();
    assert.equal(ink(await program.face('north')), 0);
    wire.restore();
    await answer(page, 'Chauffage', 'received').waitFor();
    await wordOn('north');
    assert.deepEqual((await program.contributions()).map((c) => c.text), ['Chauffage']);
  });

  test('whose ✓ was lost on the way is sent again, and stands once', async () => {
    const page = await table();
    wire.deafen();
    await say(page, 'Gardien');
    await wordOn('north');
    await answer(page, 'Gardien', 'kept').waitFor();
    await Promise.all([pass(outage), page.getByText('Sans réseau').waitFor()]);
    wire.restore();
    await answer(page, 'Gardien', 'received').waitFor();
    assert.deepEqual((await program.contributions()).map((c) => c.text), ['Gardien']);
  });
});
