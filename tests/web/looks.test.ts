// Every page in every size it is made for: no serious fault found by axe-core, nothing that the content security
// policy stops, nothing wider than the screen, and a picture of each in build/web-shots/ to look at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { withNew } from '../../assets/web/desk/producer/layers';
import { Director, launch, onlyStandIn, openShow, shoot, sit, standIn, type Seat, type Show } from './support/harness';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const sizes = {
  laptop: { width: 1280, height: 800 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 360, height: 740 },
};

interface Look {
  name: string;
  path: string;
  key: string;
  ready: string; // a selector that says the page is there
  dark?: boolean;
  act?: (seat: Seat, show: Show) => Promise<void>;
}

async function answers({ page, network }: Seat): Promise<void> {
  const field = page.locator('#answer');
  for (const text of ['Un ascenseur qui marche vraiment, surtout pour les personnes âgées', 'Des bancs dans la cour']) {
    await field.fill(text);
    await field.press('Enter');
  }
  await page.locator('.ours li.received').nth(1).waitFor();
  await network.cut();
  await page.locator('.link.waiting').waitFor();
  await field.fill('Plus de lumière dans le parking');
  await field.press('Enter');
  await page.locator('.ours li.kept').waitFor();
  await field.fill('Que le gardien soit');
}

const pictures = (seat: Seat): Promise<unknown> =>
  seat.page.waitForFunction(() =>
    [...document.querySelectorAll('.live canvas')]
      .filter((c) => c.getBoundingClientRect().top < innerHeight && c.getBoundingClientRect().bottom > 0)
      .every((c) => c instanceof HTMLElement && c.dataset['live'] === 'yes'),
  );

const looks: Look[] = [
  { name: 'index', path: '/', key: 'none', ready: '.entry' },
  { name: 'table', path: '/table/7', key: 'table/7', ready: '#answer', act: answers },
  { name: 'table-dark', path: '/table/7', key: 'table/7', ready: '#answer', dark: true },
  { name: 'table-door', path: '/table/7', key: 'none', ready: '.door' },
  {
    name: 'producer', path: '/desk/producer', key: 'producer', ready: '.source',
    act: async (seat) => {
      await seat.page.keyboard.press('s');
      await pictures(seat);
    },
  },
  {
    name: 'scene-editor', path: '/desk/producer', key: 'producer', ready: '.source',
    act: async ({ page }, show) => {
      const { layers } = withNew(withNew([], { kind: 'source', source: 'cam1' }).layers, { kind: 'text', text: '{question}', size: 0.07, weight: 600, align: 'left', colour: '#ffffffff' });
      Object.assign(standIn(show).state.scenes.list, { duo: { name: 'duo', label: 'Duo', layers } });
      standIn(show).changed();
      await page.getByRole('button', { name: /Modifier Duo/ }).click();
      await page.locator('.editor').waitFor();
    },
  },
  ...['cam1', 'cam2', 'cam4', 'nobody'].map((source): Look => ({ name: `tally-${source}`, path: `/tally/${source}`, key: 'observer', ready: '.lamp h1' })),
  { name: 'stage', path: '/desk/stage', key: 'technician', ready: '.cards' },
  {
    name: 'stage-alerts', path: '/desk/stage', key: 'technician', ready: '.cards',
    act: async ({ page }, show) => {
      Object.assign(standIn(show).state, { dead: ['cam2'], lostOutput: 'south' });
      await page.locator('.alerts li').nth(1).waitFor();
    },
  },
  ...['producer', 'stage', 'show'].map(
    (desk): Look => ({
      name: `${desk}-disk-full`, path: `/desk/${desk}`, key: 'technician', ready: `main.${desk}`,
      act: async ({ page }, show) => {
        standIn(show).state.diskFull = true;
        await page.locator('.disk-notice p').waitFor();
      },
    }),
  ),
  {
    name: 'show', path: '/desk/show', key: 'director', ready: '.show',
    act: async ({ page }) => {
      await page.locator('.stop').click();
      await page.locator('.ask').waitFor();
    },
  },
  {
    name: 'toast', path: '/desk/producer', key: 'producer', ready: '.source',
    act: async (seat, show) => {
      await pictures(seat);
      standIn(show).commandFault = { code: 'busy', message: 'Busy.', retry_after_ms: 0 };
      await seat.page.keyboard.press('3');
      await seat.page.locator('.toast').waitFor();
    },
  },
];

async function check(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const result = await page.evaluate(
    (of) =>
      (window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }).axe.run(of, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      }),
    part,
  );
  return result.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical' || v.impact === 'moderate')
    .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html.slice(0, 90)} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
}

describe('looks', { skip: onlyStandIn }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  test('every panel and the sheet of keys, in both languages', async () => {
    const show = await openShow();
    const seat = await sit(browser, show, '/desk/producer', 'producer', { viewport: sizes.laptop, reducedMotion: 'reduce' });
    const { page } = seat;
    await page.locator('.source').first().waitFor();
    for (const lang of ['fr', 'en']) {
      await page.locator('.switch button', { hasText: lang.toUpperCase() }).click();
      await page.locator(`html[lang=${lang}]`).waitFor();
      for (const panel of await page.locator('[data-panel]').all()) {
        const name = (await panel.getAttribute('data-panel')) ?? '';
        await panel.click();
        await page.locator(`#panel.${name}`).waitFor();
        await shoot(page, `panel-${name}-${lang}`);
        assert.deepEqual(await check(page, '.dock'), [], `${name} in ${lang}`);
        const { width } = sizes.laptop;
        const tall = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        assert.ok(tall <= 0 && (await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name} makes the page scroll`);
      }
      await page.keyboard.press('?');
      await page.locator('.sheet').waitFor();
      await shoot(page, `keys-${lang}`);
      assert.deepEqual(await check(page, '.sheet'), [], `keys in ${lang}`);
      await page.keyboard.press('Escape');
    }
    assert.deepEqual(seat.complaints, []);
    await seat.context.close();
    await show.stop();
  });

  test('on a low screen every panel stands on it whole, with a rundown above', async () => {
    const show = await openShow();
    const cue = (number: string) => ({ number, label: `Top ${number}`, note: 'Une note\nde deux lignes', colour: null, start: { kind: 'hand' as const, delay_ms: 0, at_s: 0 }, steps: [] });
    Object.assign(standIn(show).state.rundown, { cues: [cue('1'), cue('2')], current: '1', next: '2' });
    const seat = await sit(browser, show, '/desk/producer', 'producer', { viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
    const { page } = seat;
    await page.locator('.cue-bar').waitFor();
    for (const viewport of [{ width: 1280, height: 720 }, { width: 1366, height: 768 }, { width: 1024, height: 768 }]) {
      await page.setViewportSize(viewport);
      for (const panel of await page.locator('[data-panel]').all()) {
        const name = (await panel.getAttribute('data-panel')) ?? '';
        if ((await panel.getAttribute('aria-expanded')) !== 'true') await panel.click();
        await page.locator(`#panel.${name}`).waitFor();
        await shoot(page, `low-${name}-${viewport.width}`);
        const box = await page.locator('#panel').boundingBox();
        assert.ok(box && box.y + box.height <= viewport.height && box.height >= 120, `${name} at ${viewport.width}: ${JSON.stringify(box)}`);
        const wider = await page.locator('#panel').evaluate((body) => body.scrollWidth - body.clientWidth);
        assert.ok(wider <= 0, `${name} is ${wider} too wide at ${viewport.width}`);
      }
    }
    await seat.context.close();
    await show.stop();
  });

  for (const look of looks) {
    test(look.name, async () => {
      const show = await openShow();
      const director = await Director.at(show);
      await director.open("Qu'est-ce qui rendrait votre immeuble plus agréable à vivre ?");
      const seat = await sit(browser, show, look.path, look.key, { viewport: sizes.laptop, colorScheme: look.dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      await seat.page.locator(look.ready).first().waitFor();
      await look.act?.(seat, show);
      for (const [size, viewport] of Object.entries(sizes)) {
        await seat.page.setViewportSize(viewport);
        await shoot(seat.page, `${look.name}-${size}`);
        assert.deepEqual(await check(seat.page), [], `${look.name} on a ${size}`);
        const wide = await seat.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= viewport.width, `${look.name} is ${wide} wide on a ${size}`);
      }
      if (look.name !== 'table') assert.deepEqual(seat.complaints, []);
      director.close();
      await seat.context.close();
      await show.stop();
    });
  }
});
