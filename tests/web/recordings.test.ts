// Filming and taking back, on the real program: what one desk does, the other sees.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, need, sit, type Seat } from './support/harness';
import { Program } from './support/program';

const show = `
title = "Essai"
language = "fr"
[venue]
face_size = "320x180"
[[question]]
text = "Que manque-t-il ?"
[[question]]
text = "Et demain ?"
[[source]]
name = "cam1"
url = "lavfi:testsrc2=s=320x180:r=30"
`;

let browser: Browser;
let program: Program;
const seats: Seat[] = [];

before(async () => {
  browser = await launch();
  program = await need(Program.run(show));
});
after(async () => {
  for (const { context } of seats) await context.close();
  await program.stop();
  await browser.close();
});

async function desk(name: string, key: string): Promise<Page> {
  const seat = await sit(browser, program, `/desk/${name}`, key);
  seats.push(seat);
  await seat.page.locator('main:not(.wait)').waitFor();
  return seat.page;
}

describe('filming', () => {
  test('one press films program, the stage desk sees it, films more and stops all', async () => {
    const producer = await desk('producer', 'producer');
    await producer.getByRole('button', { name: 'Filmer' }).click();
    const runs = producer.locator('.record.runs.ok');
    await runs.filter({ hasText: /0:0[1-9]/ }).waitFor();

    const stage = await desk('stage', 'technician');
    const north = stage.locator('.recordings li[data-view="face/north"]');
    await north.filter({ hasText: /0:0\d · / }).waitFor();
    await stage.getByRole('button', { name: 'Filmer : Multivue' }).click();
    await stage.locator('.recordings li.ok[data-view="multiview"]').waitFor();
    await runs.filter({ hasText: '×2' }).waitFor();
    await stage.getByRole('button', { name: /Arrêter de filmer : Face/ }).click();
    await stage.locator('.recordings li[data-view="face/north"] button[aria-pressed=false]').waitFor();
    await producer.locator('.record.runs').click();
    await producer.getByRole('button', { name: 'Filmer' }).waitFor();
    const files = await readdir(join(program.data, 'recordings'));
    assert.equal(files.length, 2);
    for (const file of files) assert.match(file, /^\d{4}-\d\d-\d\d \d\d-\d\d-\d\d Essai (face-north|multiview)\.mkv$/);
  });
});

describe('the director', () => {
  test('takes back and brings back what was done to the agenda, by button and by key', async () => {
    const page = await desk('show', 'director');
    const questions = page.locator('.agenda .question');
    const reads = (texts: string[]): Promise<void> => questions.filter({ hasText: texts[0] ?? '' }).first().waitFor().then(async () => {
      await page.waitForFunction((wanted) => [...document.querySelectorAll('.agenda .question')].map((one) => one.textContent).join('|') === wanted, texts.join('|'));
    });
    await reads(['Que manque-t-il ?', 'Et demain ?']);
    await page.locator('.agenda li', { hasText: 'Et demain ?' }).getByRole('button', { name: /Retirer/ }).click();
    await reads(['Que manque-t-il ?']);
    await page.getByRole('button', { name: /Annuler : question « Et demain \? » retirée/ }).click();
    await reads(['Que manque-t-il ?', 'Et demain ?']);
    await page.keyboard.press('Control+Shift+Z');
    await reads(['Que manque-t-il ?']);
    await page.keyboard.press('Control+Z');
    await reads(['Que manque-t-il ?', 'Et demain ?']);
  });
});
