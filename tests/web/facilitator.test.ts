// The facilitation desk on the real program: two facilitators, and a table that hears what becomes of its words.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, need, shoot, sit, type Seat } from './support/harness';
import { Program } from './support/program';
import { Hand } from './support/hand';

const show = `
title = "Essai"
language = "fr"
tables = 12
[venue]
face_size = "320x180"
[opening]
question = "Que faut-il changer ?"
round = true
[[source]]
name = "noir"
url = "lavfi:color=c=black:s=320x180:r=30"
`;
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const told = 1000; // milliseconds until a table knows

let browser: Browser;
let program: Program;
let table: Hand;
let [anna, bruno]: Page[] = [];
const seats: Seat[] = [];

before(async () => {
  browser = await launch();
  program = await need(Program.run(show));
  table = await need(Hand.at(program, 'table/7'));
  for (const text of ['Un ascenseur', 'Des ascenseurs', 'Le chauffage marche mal', 'Plus de bancs', 'Moins de bancs', 'Le gardien est nul']) {
    await table.says(text, text.includes('nul') ? 'criticism' : 'idea');
  }
  anna = await facilitator('Anna');
  bruno = await facilitator('Bruno');
});
after(async () => {
  table.leave();
  for (const { context } of seats) await context.close();
  await program.stop();
  await browser.close();
});

async function facilitator(name: string): Promise<Page> {
  const seat = await sit(browser, program, '/desk/facilitator', 'facilitator');
  seats.push(seat);
  await seat.page.getByLabel('Votre nom').fill(name);
  await seat.page.getByRole('button', { name: 'Commencer' }).click();
  await seat.page.locator('.contribution').first().waitFor();
  await seat.page.getByRole('button', { name: /^Toutes/ }).click();
  return seat.page;
}
const page = (one: Page | undefined): Page => one ?? assert.fail('no page');
const row = (one: Page | undefined, text: string): Locator => page(one).locator('.contribution', { hasText: text });
const card = (one: Page | undefined, title: string): Locator => page(one).locator('.card', { hasText: title });
const count = (one: Page | undefined, title: string, size: number): Promise<void> => card(one, title).locator('.head .count', { hasText: new RegExp(`^${size}$`) }).waitFor();

async function on(one: Page | undefined, text: string, ...keys: string[]): Promise<void> {
  await row(one, text).click();
  await page(one).locator('.whole', { hasText: text }).waitFor();
  for (const key of keys) await page(one).keyboard.press(key);
}
async function drag(one: Page | undefined, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  assert.ok(a && b);
  const { mouse } = page(one);
  await mouse.move(a.x + a.width / 2, a.y + 12);
  await mouse.down();
  await mouse.move(a.x + a.width / 2 + 20, a.y + 24);
  await mouse.move(b.x + b.width / 2, b.y + 12, { steps: 4 });
  await mouse.up();
}

describe('two facilitators and a table', () => {
  test('see what the table sends, and each other', async () => {
    await row(bruno, 'Un ascenseur').waitFor();
    await table.says('Une salle commune', 'idea');
    for (const one of [anna, bruno]) await row(one, 'Une salle commune').waitFor();
    await on(anna, 'Une salle commune');
    await row(bruno, 'Une salle commune').getByText('Anna regarde').waitFor();
    await page(bruno).locator('.person', { hasText: 'Anna' }).waitFor();
  });

  test('a hold tells the table its reason within a second, and the other sees it; criticism is no reason', async () => {
    const heard = table.changes((c) => c.text === 'Le gardien est nul' && c.state === 'held');
    await on(anna, 'Le gardien est nul', 'h');
    await page(anna).getByRole('note').getByText('Une critique n’est pas une raison').waitFor();
    await page(anna).keyboard.press('4');
    await page(anna).keyboard.type('Sans nommer');
    const began = performance.now();
    await page(anna).keyboard.press('Enter');
    const own = await heard;
    assert.ok(performance.now() - began < told, `told after ${performance.now() - began} ms`);
    assert.deepEqual([own.hold?.reason, own.hold?.note], ['names_person', 'Sans nommer']);
    await row(bruno, 'Le gardien est nul').locator('.state.held').waitFor();
    await on(anna, 'Le gardien est nul', 'v');
    await page(anna).locator('.detail').getByText('Une seconde lecture est demandée.').waitFor();
    await on(bruno, 'Le gardien est nul', 'v');
    await page(anna).locator('.detail').getByText('Confirmée par Bruno').waitFor();
    const free = table.changes((c) => c.text === 'Le gardien est nul' && c.state === 'shown');
    await on(bruno, 'Le gardien est nul', 'r');
    await free;
  });

  test('gather by keyboard and by dragging; a merge is undone exactly', async () => {
    await on(anna, 'Un ascenseur', 't');
    await page(anna).locator('.pick input').pressSequentially('Ascenseurs');
    await page(anna).keyboard.press('Enter');
    await count(bruno, 'Ascenseurs', 1);
    await drag(bruno, row(bruno, 'Des ascenseurs'), card(bruno, 'Ascenseurs'));
    await count(anna, 'Ascenseurs', 2);

    // One on another: a new theme of both.
    await drag(anna, row(anna, 'Le chauffage marche mal').locator('.text'), row(anna, 'Une salle commune'));
    await page(anna).locator('.pick input').fill('Confort');
    await page(anna).keyboard.press('Enter');
    await count(bruno, 'Confort', 2);

    await drag(anna, card(anna, 'Confort').locator('h3'), card(anna, 'Ascenseurs').locator('h3'));
    await count(bruno, 'Ascenseurs', 4);
    await card(bruno, 'Confort').waitFor({ state: 'detached' });
    await page(anna).keyboard.press('z');
    await count(bruno, 'Confort', 2);
    await count(bruno, 'Ascenseurs', 2);
    await row(bruno, 'Le chauffage marche mal').locator('.theme', { hasText: 'Confort' }).waitFor();
  });

  test('an undo of what was changed since is told well, and taken back is said', async () => {
    await on(anna, 'Plus de bancs', 't');
    await page(anna).locator('.pick input').fill('Bancs');
    await page(anna).keyboard.press('Enter');
    await count(bruno, 'Bancs', 1);
    await on(bruno, 'Plus de bancs', 'Shift+T');
    await count(anna, 'Bancs', 0);
    await page(anna).keyboard.press('z');
    await page(anna).getByRole('alert').getByText('Quelqu’un y a retouché depuis').waitFor();
    await page(bruno).keyboard.press('z');
    await count(anna, 'Bancs', 1);
    await page(anna).getByRole('tab', { name: 'Gestes' }).click();
    await page(anna).locator('.deed.undone', { hasText: 'Bruno' }).getByText('annulé').waitFor();
    await page(anna).getByRole('tab', { name: /Thèmes/ }).click();
  });

  test('what says nearly the same is suggested, chosen with one press and gathered by a person', async () => {
    await table.says('Des bancs publics près de la fontaine', 'idea');
    await table.says('Des bancs publics près de la fontaines', 'idea');
    const suggestion = page(anna).locator('.suggestions li', { hasText: 'près de la fontaine' });
    await suggestion.getByRole('button', { name: 'Choisir les 2' }).click();
    await page(anna).locator('.chosen', { hasText: '2' }).waitFor();
    await page(anna).keyboard.press('Escape');
  });

  test('other words are the table’s to take; the spotlight is seen by both', async () => {
    const proposed = table.changes((c) => c.proposal === 'Un chauffage qui marche');
    await on(anna, 'Le chauffage marche mal', 'e');
    await page(anna).getByRole('dialog').getByRole('textbox').fill('Un chauffage qui marche');
    await page(anna).keyboard.press('Enter');
    const own = await proposed;
    assert.equal(own.text, 'Le chauffage marche mal');
    await on(anna, 'Le chauffage marche mal', 's');
    await row(bruno, 'Le chauffage marche mal').locator('.lit').waitFor();
    const taken = table.changes((c) => c.text === 'Un chauffage qui marche');
    table.send({ type: 'command', request: 'a', command: { kind: 'answer_proposal', contribution: own.id, accept: true } });
    await taken;
    await row(bruno, 'Un chauffage qui marche').waitFor();
  });

  test('two that contradict each other are opposed, weighed and closed', async () => {
    await on(anna, 'Plus de bancs', 'o');
    await on(anna, 'Moins de bancs', 'o');
    await page(anna).getByRole('dialog').waitFor();
    await page(anna).keyboard.press('Enter');
    await page(bruno).getByRole('tab', { name: /Oppositions/ }).click();
    await page(bruno).locator('.card', { hasText: 'Moins de bancs' }).getByRole('button', { name: 'Faire peser' }).click();
    await page(bruno).locator('.card.open').waitFor();
    await page(bruno).locator('.card.open').getByRole('button', { name: 'Clore' }).click();
    await page(bruno).locator('.card:not(.open)').waitFor();
  });

  test('keys may come faster than the answers: each reads another one', async () => {
    for (const n of [1, 2, 3, 4]) await table.says(`Vite ${n}`, 'idea');
    await page(anna).getByRole('button', { name: /^À lire/ }).click();
    await row(anna, 'Vite 4').waitFor();
    await on(anna, 'Vite 1', 'a', 'a', 'a');
    for (const n of [1, 2, 3]) await row(anna, `Vite ${n}`).waitFor({ state: 'detached' });
    await row(anna, 'Vite 4').waitFor();
    await page(anna).getByRole('button', { name: /^Toutes/ }).click();
  });

  test('many are chosen and let through at once; words get rules; the doors', async () => {
    await page(anna).keyboard.press('Escape');
    await on(anna, 'Un ascenseur', 'x', 'Shift+ArrowDown', 'a');
    await page(anna).getByRole('tab', { name: /^Mots/ }).click();
    await page(anna).getByLabel('Mot', { exact: true }).fill('ascenseurs');
    await page(anna).getByLabel('En', { exact: true }).fill('ascenseur');
    await page(anna).getByRole('button', { name: 'Ajouter' }).click();
    await page(anna).getByRole('button', { name: 'Rendre « ascenseurs »' }).click();
    await page(anna).getByText('Aucune règle').waitFor();
    await page(anna).getByRole('button', { name: 'Avant parution' }).click();
    await page(bruno).locator('.set button[aria-pressed=true]', { hasText: 'Avant parution' }).waitFor();
    await page(anna).getByRole('button', { name: 'Après parution' }).click();
    await page(bruno).locator('.set button[aria-pressed=true]', { hasText: 'Après parution' }).waitFor();
  });

  test('the page is accessible and never complains', async () => {
    for (const tab of [/Thèmes/, /Oppositions/, /^Mots/, /Gestes/]) {
      await page(anna).getByRole('tab', { name: tab }).click();
      await noSerious(page(anna));
    }
    await page(anna).keyboard.press('h');
    await noSerious(page(anna));
    await page(anna).keyboard.press('Escape');
    await shoot(page(anna), 'facilitator-real');
    assert.deepEqual(seats.flatMap((seat) => seat.complaints), []);
  });
});

async function noSerious(one: Page): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  await one.evaluate(await readFile(axe, 'utf8'));
  const bad = await one.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
    const { violations } = await run.run();
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 120) + ' ' + n.failureSummary.slice(0, 200)).join(' | ')}`);
  });
  assert.deepEqual(bad, []);
}
