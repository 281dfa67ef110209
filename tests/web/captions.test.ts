// Captions at the production desk: brought on and off by one key, written live, named in a row; the countdown.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Command } from '../../assets/web/shared/protocol';
import { launch, onlyStandIn, openShow, sit, standIn, type Seat, type Show } from './support/harness';
import type { Mock } from './support/mock';

let browser: Browser;
let show: Show;
let mock: Mock;
let taken: Seat;
let page: Page;

before(async () => {
  if (onlyStandIn) return;
  browser = await launch();
  show = await openShow();
  mock = standIn(show);
  mock.state.faults = [{ file: 'captions/vieux.toml', code: 'bad_caption_file', message: 'vieux.toml:3:1: There is no key "slott" here.' }];
  taken = await sit(browser, show, '/desk/producer', 'producer');
  page = taken.page;
  await page.locator('[data-panel=captions]').click(); // a key would be lost before the desk is drawn
  await page.locator('div.captions').waitFor();
});
after(async () => {
  if (onlyStandIn) return;
  await taken.context.close();
  await show.stop();
  await browser.close();
});

// The first command of this kind that the act brings about.
async function command<K extends Command['kind']>(kind: K, act: () => Promise<unknown>): Promise<Extract<Command, { kind: K }>> {
  const from = mock.received.length;
  const sent = mock.got((m) => m.type === 'command' && m.command.kind === kind, from);
  await act();
  const message = await sent;
  assert.ok(message.type === 'command');
  return message.command as Extract<Command, { kind: K }>;
}
const tile = (name: string) => page.locator(`[data-caption="${name}"]`);

describe('captions', { skip: onlyStandIn }, () => {
  test('one key brings the chosen one on and off; the next takes its place', async () => {
    assert.deepEqual(await command('show_caption', () => page.keyboard.press('i')), { kind: 'show_caption', name: 'ana', on: true, faces: [] });
    await page.locator('[data-caption=ana][aria-pressed=true]').waitFor();
    // Red as all that is on air, once its colour has come.
    await page.waitForFunction(() => {
      const tile = document.querySelector('[data-caption=ana]') as HTMLElement;
      const lamp = tile.appendChild(document.createElement('i'));
      lamp.style.color = 'var(--tally)';
      const tally = getComputedStyle(lamp).color;
      lamp.remove();
      return getComputedStyle(tile).borderTopColor === tally;
    });
    assert.deepEqual(await command('show_caption', () => page.keyboard.press('Shift+I')), { kind: 'show_caption', name: 'karim', on: true, faces: [] });
    await page.locator('[data-caption=karim][aria-pressed=true]').waitFor();
    await page.locator('[data-caption=ana][aria-pressed=false]').waitFor();
    assert.equal((await command('show_caption', () => page.keyboard.press('i'))).on, false);
    await page.locator('[data-caption=karim][aria-pressed=false]').waitFor();
  });

  test('chosen faces get it alone; a press chooses, a second one does not put it on air by accident', async () => {
    const before = mock.received.length;
    await tile('question').click();
    await page.locator('li.chosen [data-caption=question]').waitFor();
    assert.equal(mock.received.slice(before).filter((m) => m.type === 'command').length, 0);
    await page.keyboard.press('F2');
    await page.locator('[data-face=east][aria-pressed=true]').waitFor();
    assert.deepEqual((await command('show_caption', () => page.keyboard.press('i'))).faces, ['east']);
    await page.locator('[data-caption=question][aria-pressed=true]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-face=east][aria-pressed=false]').waitFor();
    await page.keyboard.press('i');
    await page.locator('[data-caption=question][aria-pressed=false]').waitFor();
  });

  test('the key does nothing while shortcuts are off', async () => {
    const from = mock.received.length;
    const shortcuts = page.getByRole('button', { name: 'Raccourcis clavier' });
    await shortcuts.click();
    await shortcuts.and(page.locator('[aria-pressed=false]')).waitFor();
    await page.keyboard.press('i');
    await shortcuts.click();
    await shortcuts.and(page.locator('[aria-pressed=true]')).waitFor();
    await command('preview', () => page.keyboard.press('Shift+3'));
    assert.ok(!mock.received.slice(from).some((m) => m.type === 'command' && m.command.kind === 'show_caption'));
  });

  test('words are written live; a name of the people brings the role', async () => {
    await tile('ana').click();
    await page.keyboard.press('ArrowRight');
    const name = page.locator('.caption-editor [data-field=name]');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-field') === 'name');
    await name.fill('Karim Benhaddou');
    assert.deepEqual(await command('set_caption', () => name.press('Enter')), {
      kind: 'set_caption', name: 'ana', words: { name: 'Karim Benhaddou', role: 'Adjoint au logement' },
    });
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.caption-editor [data-field=role]')?.value === 'Adjoint au logement');
  });

  test('words being typed outlive a reload, and go on air when they are meant', async () => {
    await tile('karim').click();
    const role = page.locator('.caption-editor [data-field=role]');
    await role.fill('Maire adjoint');
    const from = mock.received.length;
    await page.reload();
    await page.locator('.caption-editor [data-field=role][data-draft]').waitFor();
    assert.equal(await role.inputValue(), 'Maire adjoint');
    assert.match((await role.getAttribute('title')) ?? '', /Pas encore envoyé/);
    assert.ok(!mock.received.slice(from).some((m) => m.type === 'command'), 'nothing was sent by itself');
    await role.focus();
    assert.deepEqual((await command('set_caption', () => role.press('Tab'))).words, { role: 'Maire adjoint' });
    await page.locator('.caption-editor [data-field=role]:not([data-draft])').waitFor();
    // Escape gives it up, also after a reload.
    await role.fill('Rien');
    await page.reload();
    await page.locator('.caption-editor [data-field=role][data-draft]').waitFor();
    await role.press('Escape');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.caption-editor [data-field=role]')?.value === 'Maire adjoint');
    await page.reload();
    await role.waitFor();
    assert.equal(await role.inputValue(), 'Maire adjoint');
    await tile('ana').click();
  });

  test('a new one is made of a template, moved, and taken away', async () => {
    const made = await command('set_caption', () => page.getByLabel('Ajouter un titrage').selectOption('lower_third'));
    assert.deepEqual(made, { kind: 'set_caption', name: 'lower_third', template: 'lower_third' });
    await page.locator('li.chosen [data-caption=lower_third]').waitFor();
    assert.equal((await command('set_caption', () => page.getByRole('button', { name: /^Plus tôt/ }).click())).before, 'cloche');
    assert.deepEqual(await command('remove_caption', () => page.getByRole('button', { name: /^Supprimer/ }).click()), {
      kind: 'remove_caption', name: 'lower_third',
    });
    await tile('lower_third').waitFor({ state: 'detached' });
  });

  test('a countdown is started, held, given time and stopped', async () => {
    const length = page.getByLabel('Durée, en minutes ou min:s');
    await length.fill('7:30');
    assert.equal((await command('start_countdown', () => length.press('Enter'))).length_ms, 450_000);
    await page.locator('.countdown .left').waitFor();
    assert.equal((await command('hold_countdown', () => page.getByRole('button', { name: 'Suspendre' }).click())).held, true);
    assert.equal((await command('extend_countdown', () => page.getByRole('button', { name: '+ 1 min' }).click())).by_ms, 60_000);
    await command('stop_countdown', () => page.getByRole('button', { name: 'Arrêter' }).click());
    await length.waitFor();
  });

  test('a template that was left out is told, with its code', async () => {
    await page.locator('div.captions .faults summary').click();
    await page.getByText('vieux.toml:3:1').waitFor();
    assert.match((await page.locator('div.captions .faults li').textContent()) ?? '', /bad_caption_file/);
  });
});
