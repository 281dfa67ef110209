// What the server would refuse is off on the desks, and says why: every control that is on is pressed, and none is refused.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { withNew } from '../../assets/web/desk/producer/layers';
import type { RundownCue, Step } from '../../assets/web/shared/protocol';
import { Director, launch, onlyStandIn, openShow, sit, standIn, type Seat, type Show } from './support/harness';

const steps: Step[] = [{ wait_ms: 0, command: { kind: 'ring_bell' } }, { wait_ms: 0, command: { kind: 'follow', faces: [] } }];
const cue = (number: string): RundownCue => ({ number, label: number, note: '', colour: null, start: { kind: 'hand', delay_ms: 0, at_s: 0 }, steps });

// A show in which every control has something to be about.
function furnish(show: Show): void {
  const { state } = standIn(show);
  const { layers } = withNew(withNew([], { kind: 'source', source: 'cam1' }).layers, { kind: 'text', text: 'x', size: 0.07, weight: 600, align: 'left', colour: '#ffffffff' });
  Object.assign(state.scenes.list, { duo: { name: 'duo', label: 'Duo', layers } });
  Object.assign(state.rundown, {
    cues: ['1', '2', '3'].map(cue), current: '1', next: '2', macros: { tour: { name: 'tour', label: 'Tour', steps } },
    runs: [{ cue: '', macro: 'tour', by: 'producer', step: 1, steps: 3, due: 1e15 }],
  });
  state.stingers = [{ source: 'film', cut_ms: 500 }];
  state.bindings = [{ control: { surface: 'nano', kind: 'cc', channel: 1, number: 2 }, mode: 'fader', action: 'gain', target: 'cam1' }];
  for (const clip of Object.values(state.media)) clip.in = 1e9;
}

// Presses what is on in this part, also what that brings out, and tells what was answered by a fault.
const pressAll = (page: Page, part: string): Promise<string[]> =>
  page.evaluate(async (inside) => {
    // Methods: tsx gives other functions their names by a helper that the page does not have.
    const the = {
      drawing(): Promise<void> {
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
      },
      name(e: Element): string {
        return [e.tagName, e.getAttribute('aria-label') ?? '', e.tagName === 'SELECT' ? '' : e.textContent, e.closest('label')?.textContent ?? ''].join(' ').trim();
      },
    };
    const known = new Set<string>();
    const refused: string[] = [];
    for (let pressed = 0; pressed < 300; pressed++) {
      const controls = [...document.querySelectorAll<HTMLElement>(inside)].flatMap((root) => [
        ...root.querySelectorAll<HTMLElement>('button, input, select, textarea, [role=button]:not([aria-disabled=true]), [role=option]'),
      ]);
      const control = controls.find((one) => !one.matches(':disabled') && !known.has(the.name(one)));
      if (!control) break;
      known.add(the.name(control));
      if (control instanceof HTMLButtonElement) control.click();
      else if (control instanceof HTMLSelectElement) control.dispatchEvent(new Event('change', { bubbles: true }));
      else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
        if (control instanceof HTMLInputElement && control.type === 'checkbox') control.click();
        else control.value = control instanceof HTMLInputElement && ['range', 'number'].includes(control.type) ? '1' : 'autre';
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      } else {
        control.click();
        const key = control.matches('[role=option]') ? 'ArrowLeft' : 'Enter';
        control.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      }
      await the.drawing();
      const fault = document.querySelector<HTMLElement>('.toast.fault');
      if (fault) refused.push(`${the.name(control)}: ${fault.textContent}`);
      fault?.querySelector('button')?.click();
    }
    return refused;
  }, part);

const silent = (page: Page, part: string): Promise<string[]> =>
  page.locator(`${part} :disabled`).evaluateAll((all) =>
    all.filter((one) => !one.closest('[title]') && !(one instanceof HTMLFieldSetElement)).map((one) => `${one.tagName} ${one.textContent}`),
  );

describe('rights', { skip: onlyStandIn }, () => {
  let browser: Browser;
  let show: Show;
  let seat: Seat;
  before(async () => {
    if (onlyStandIn) return;
    browser = await launch();
  });
  after(async () => {
    if (onlyStandIn) return;
    await browser.close();
  });

  async function desk(path: string, key: string, operator: { name: string; may: string[]; faces: string[] }): Promise<Page> {
    show = await openShow();
    furnish(show);
    const director = await Director.at(show);
    await director.open('Et vous ?');
    director.close();
    standIn(show).operator = operator;
    seat = await sit(browser, show, path, key);
    await seat.page.addInitScript(() => {
      window.print = () => undefined;
    });
    await seat.page.reload();
    await seat.page.locator('.link.open').waitFor();
    return seat.page;
  }
  async function leave(): Promise<void> {
    await seat.context.close();
    await show.stop();
  }
  const commands = (): unknown[] => standIn(show).received.filter((m) => m.type === 'command' && !['set_question', 'start_round'].includes(m.command.kind));

  test('who may do nothing finds nothing to press that would be refused, in any panel', async () => {
    const page = await desk('/desk/producer', 'producer', { name: 'stagiaire', may: [], faces: [] });
    await page.locator('.source').first().waitFor();
    for (const part of ['.buses', '.desk-side', '.bank']) assert.deepEqual(await pressAll(page, part), [], part);
    await page.locator('.editor').waitFor(); // the scene's, opened by its tile
    assert.deepEqual(await pressAll(page, '.editor .work'), [], 'the scene editor');
    assert.match((await page.locator('.editor .title').getAttribute('title')) ?? '', /set_scene/);
    await page.locator('.editor .main').click();
    for (const panel of await page.locator('[data-panel]').all()) {
      const name = (await panel.getAttribute('data-panel')) ?? '';
      if ((await panel.getAttribute('aria-expanded')) !== 'true') await panel.click();
      await page.locator(`#panel.${name}`).waitFor();
      assert.deepEqual(await pressAll(page, '#panel'), [], name);
    }
    assert.deepEqual(commands(), []);
    await leave();
  });

  test('a control that is off says which right is missing; one that is given is on', async () => {
    const page = await desk('/desk/producer', 'producer', { name: 'titres', may: ['set_caption', 'preview'], faces: [] });
    await page.locator('[data-panel=captions]').click();
    const field = page.locator('.caption-editor [data-field=name]');
    await field.fill('Bea');
    await field.press('Enter');
    await page.locator('[data-caption=ana]', { hasText: 'Bea' }).waitFor();
    const go = page.locator('.caption-editor .go');
    assert.equal(await go.isDisabled(), true);
    assert.equal(await go.getAttribute('title'), 'Votre clé n’a pas le droit «\u202fshow_caption\u202f». Voyez le responsable technique.');
    assert.equal(await page.locator('.takes .take').first().isDisabled(), true);
    // A press cuts, which is not given; to preview is.
    const source = page.locator('[data-source=cam3]');
    assert.equal(await source.isDisabled(), true);
    await page.getByRole('button', { name: /en prévision/ }).click();
    await source.click();
    await page.locator('.monitor.preview', { hasText: 'Tables sud' }).waitFor();
    await leave();
  });

  test('another’s face is not touched', async () => {
    const page = await desk('/desk/producer', 'producer', { name: 'nord', may: ['cut', 'place_wall', 'follow', 'swap_faces', 'take'], faces: ['north'] });
    const wall = page.locator('.controls').getByRole('button', { name: /Seul/ });
    assert.equal(await wall.isDisabled(), false);
    await page.locator('[data-face=south]').click();
    await page.locator('[data-face=south][aria-pressed=true]').waitFor();
    assert.equal(await wall.isDisabled(), true);
    assert.match((await wall.getAttribute('title')) ?? '', /pas votre face/);
    await leave();
  });

  test('the show desk as well', async () => {
    const page = await desk('/desk/show', 'director', { name: 'stagiaire', may: [], faces: [] });
    await page.locator('main.show').waitFor();
    assert.deepEqual(await pressAll(page, 'main.show'), []);
    assert.deepEqual(await silent(page, '.clock-keys'), []);
    assert.deepEqual(commands(), []);
    await leave();
  });
});
