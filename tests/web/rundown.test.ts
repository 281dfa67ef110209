// The rundown at the production desk: made, walked, edited and carried out by keys; macros recorded and run.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Command } from '../../assets/web/shared/protocol';
import { launch, onlyStandIn, openShow, sit, standIn, type Seat, type Show } from './support/harness';
import type { Mock } from './support/mock';

let browser: Browser;
let show: Show;
let mock: Mock;
let taken: Seat | undefined;

before(async () => {
  if (!onlyStandIn) browser = await launch();
});
after(async () => {
  if (!onlyStandIn) await browser.close();
});
beforeEach(async () => {
  if (onlyStandIn) return;
  show = await openShow();
  mock = standIn(show);
});
afterEach(async () => {
  if (onlyStandIn) return;
  await taken?.context.close();
  await show.stop();
});

async function desk(): Promise<Page> {
  taken = await sit(browser, show, '/desk/producer', 'producer');
  const { page } = taken;
  await page.locator('.link.open').waitFor();
  await page.locator('main.producer').waitFor();
  return page;
}

async function command<K extends Command['kind']>(kind: K, act: () => Promise<unknown>): Promise<Extract<Command, { kind: K }>> {
  const from = mock.received.length;
  const sent = mock.got((m) => m.type === 'command' && m.command.kind === kind, from);
  await act();
  const message = await sent;
  assert.ok(message.type === 'command');
  return message.command as Extract<Command, { kind: K }>;
}

describe('the rundown', { skip: onlyStandIn }, () => {
  test('is made, edited in place, walked and carried out with the keyboard alone', async () => {
    const page = await desk();
    await page.keyboard.press('r');
    await page.getByText('Le conducteur est vide').waitFor();
    const made = await command('set_cue', () => page.getByRole('button', { name: 'Ajouter un top' }).click());
    assert.equal(made.cue.number, '1');
    const editor = page.locator('.cue-editor');
    await editor.waitFor();
    const title = editor.getByLabel('Titre', { exact: true });
    await title.fill('Ouverture');
    assert.equal((await command('set_cue', () => title.press('Tab'))).cue.label, 'Ouverture');
    const note = editor.getByLabel('Note', { exact: true });
    await note.fill('Salle à 50 %\nAttendre');
    assert.equal((await command('set_cue', () => note.blur())).cue.note, 'Salle à 50 %\nAttendre');
    await editor.getByLabel('Action', { exact: true }).selectOption('cut');
    await editor.getByLabel('Laquelle').selectOption('cam3');
    assert.deepEqual((await command('set_cue', () => editor.getByRole('button', { name: 'Ajouter une action' }).click())).cue.steps, [
      { wait_ms: 0, command: { kind: 'cut', scene: 'cam3', faces: [] } },
    ]);
    await editor.getByText('Couper sur Tables sud').waitFor();
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    // The second follows by itself.
    assert.equal((await command('set_cue', () => page.getByRole('button', { name: 'Ajouter un top' }).click())).cue.number, '2');
    await editor.getByLabel('Départ').selectOption('after');
    await editor.getByLabel('Après, s').fill('90');
    assert.deepEqual((await command('set_cue', () => editor.getByLabel('Après, s').press('Tab'))).cue.start, { kind: 'after', delay_ms: 90_000, at_s: 0 });
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    // GO: the one, then the countdown of the other.
    await page.locator('.cue-bar .next[data-cue="1"]', { hasText: 'Ouverture' }).waitFor();
    assert.deepEqual(await command('go', () => page.keyboard.press('q')), { kind: 'go' });
    await page.locator('.cue-bar .now[data-cue="1"]').waitFor();
    await page.locator('.monitor.program', { hasText: 'Tables sud' }).waitFor();
    await page.locator('.cue-bar .next .countdown', { hasText: '1:' }).waitFor();
    assert.deepEqual(await command('hold_cues', () => page.getByRole('button', { name: 'Retenir' }).click()), { kind: 'hold_cues', on: true });
    await page.locator('.cue-bar').getByText('Retenu : GO à la main').waitFor();
    assert.deepEqual(await command('go', () => page.keyboard.press('PageDown')), { kind: 'go' });
    await page.locator('.cue-bar').getByText('Fin du conducteur').waitFor();
    assert.deepEqual(await command('back', () => page.keyboard.press('Shift+Q')), { kind: 'back' });
    // Walked by arrows; Enter chooses and takes nothing.
    await page.locator('.cues [data-cue="1"] .line').focus();
    await page.keyboard.press('ArrowDown');
    assert.deepEqual(await command('stand_by', () => page.keyboard.press('Enter')), { kind: 'stand_by', cue: '2' });
    await page.locator('.cues .standby[data-cue="2"]').waitFor();
    assert.deepEqual(await command('move_cue', () => page.keyboard.press('Alt+ArrowUp')), { kind: 'move_cue', cue: '2', before: '1' });
    await page.locator('.cues li:first-child[data-cue="2"]').waitFor();
    await page.keyboard.press('F2');
    const number = editor.getByLabel('N°');
    await number.fill('0.5');
    assert.equal((await command('set_cue', () => number.press('Tab'))).was, '2');
    await page.locator('.cues [data-cue="0.5"] .cue-editor').waitFor();
    assert.deepEqual(await command('remove_cue', () => editor.getByRole('button', { name: 'Supprimer' }).click()), { kind: 'remove_cue', cue: '0.5' });
    await editor.waitFor({ state: 'detached' });
    assert.ok(!mock.received.some((m) => m.type === 'command' && m.command.kind === 'take'), 'no key took anything');
  });

  test('a note being typed outlives a reload, in its open cue', async () => {
    mock.state.rundown.cues = [{ number: '1', label: 'Ouverture', note: 'Avant', colour: null, start: { kind: 'hand', delay_ms: 0, at_s: 0 }, steps: [] }];
    const page = await desk();
    await page.locator('[data-panel=rundown]').click();
    await page.getByRole('button', { name: 'Modifier le top 1' }).click();
    const note = page.locator('.cue-editor').getByLabel('Note', { exact: true });
    await note.fill('Salle à 50 %');
    await page.reload();
    await page.locator('.cue-editor textarea[data-draft]').waitFor();
    assert.equal(await note.inputValue(), 'Salle à 50 %');
    await note.focus();
    assert.equal((await command('set_cue', () => note.blur())).cue.note, 'Salle à 50 %');
    await page.locator('.cue-editor textarea:not([data-draft])').waitFor();
  });

  test('macros are recorded under a lamp, run, edited and named when a key is not enough', async () => {
    const page = await desk();
    await page.keyboard.press('r');
    await page.getByLabel('Nom de la macro').fill('Tour éclair');
    assert.deepEqual(await command('record_macro', () => page.getByRole('button', { name: 'Enregistrer' }).click()), {
      kind: 'record_macro', macro: 'Tour-eclair', label: 'Tour éclair', timing: false,
    });
    await page.locator('.cue-bar .record-lamp').waitFor();
    await page.locator('.recorder.on').waitFor();
    await command('cut', () => page.keyboard.press('2'));
    await page.locator('.cue-bar .record-lamp', { hasText: ': 1' }).waitFor();
    assert.deepEqual(await command('stop_recording', () => page.locator('.recorder').getByRole('button', { name: 'Terminer' }).click()), { kind: 'stop_recording' });
    await page.locator('.record-lamp').first().waitFor({ state: 'detached' });
    await command('cut', () => page.keyboard.press('1'));
    assert.deepEqual(await command('run_macro', () => page.getByRole('button', { name: 'Lancer Tour éclair' }).click()), { kind: 'run_macro', macro: 'Tour-eclair' });
    await page.locator('.monitor.program', { hasText: 'Tables nord' }).waitFor();
    await page.getByRole('button', { name: 'Modifier la macro Tour éclair' }).click();
    const steps = await command('set_macro', () => page.locator('.macros').getByRole('button', { name: "Retirer l’action 1" }).click());
    assert.deepEqual(steps.macro.steps, []);
    // What waits, and what did not go on, is told in the bar.
    mock.state.rundown.runs = [{ cue: '', macro: 'Tour-eclair', by: 'producer', step: 1, steps: 3, due: mock.showMs() * 1e6 + 60e9 }];
    mock.state.rundown.fault = { cue: '4', macro: '', code: 'unknown_scene', message: 'Cue "4", step 1: There is no scene "duo".', at: 0 };
    await command('cut', () => page.keyboard.press('3'));
    await page.locator('.under-way .fault', { hasText: 'There is no scene "duo".' }).waitFor();
    assert.deepEqual(await command('stop_macro', () => page.locator('.under-way button', { hasText: 'Tour éclair 1/3' }).click()), { kind: 'stop_macro', macro: 'Tour-eclair' });
  });
});
