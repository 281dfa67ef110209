// Scenes at the production desk, groups of faces and overlays, and the lamp on a camera: what is sent, and what is
// shown of it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Command, Layer } from '../../assets/web/shared/protocol';
import { withNew } from '../../assets/web/desk/producer/layers';
import { launch, onlyStandIn, openShow, sit, standIn, type Seat, type Show } from './support/harness';
import type { Mock } from './support/mock';

let browser: Browser;
let show: Show;
let mock: Mock;
const seats: Seat[] = [];

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
  for (const { context } of seats.splice(0)) await context.close();
  await show.stop();
});

async function seat(path: string, key: string): Promise<Page> {
  const taken = await sit(browser, show, path, key);
  seats.push(taken);
  return taken.page;
}

async function desk(): Promise<Page> {
  const page = await seat('/desk/producer', 'producer');
  await page.locator('.link.open').waitFor();
  await page.locator('main.producer').waitFor();
  return page;
}

// The first command of this kind that the act brings about.
async function command<K extends Command['kind']>(kind: K, act: () => Promise<unknown>): Promise<Extract<Command, { kind: K }>> {
  const from = mock.received.length;
  const sent = mock.got((m) => m.type === 'command' && m.command.kind === kind, from);
  await act();
  const message = await sent;
  assert.ok(message.type === 'command');
  return message.command as Extract<Command, { kind: K }>;
}

// A scene with cam1 whole and cam2 small over it.
const twoLayers = (): Layer[] => {
  const back = withNew([], { kind: 'source', source: 'cam1' }).layers;
  return withNew(back, { kind: 'source', source: 'cam2' }).layers;
};
function give(name: string, label: string): void {
  mock.state.scenes.list[name] = { name, label, layers: twoLayers() };
}
const near = (is: number, wanted: number): void => assert.ok(Math.abs(is - wanted) < 0.004, `${is} is not ${wanted}`);

describe('scenes', { skip: onlyStandIn }, () => {
  test('one is made, named, filled, arranged, duplicated and removed', async () => {
    const page = await desk();
    assert.deepEqual(await command('set_scene', () => page.getByRole('button', { name: 'Nouvelle scène' }).click()), {
      kind: 'set_scene', name: 'scene', label: 'Scène 1', layers: [],
    });
    await page.locator('.editor[data-scene=scene]').waitFor();
    const first = await command('set_scene', () => page.getByRole('button', { name: 'Ajouter', exact: true }).click());
    assert.deepEqual(first.layers.map((l) => [l.name, l.content, l.place]), [['cam1', { kind: 'source', source: 'cam1' }, { x: 0, y: 0, width: 1, height: 1 }]]);
    await page.locator('.outline[data-layer=cam1]').waitFor();
    await page.getByLabel('Quoi ajouter').selectOption('text');
    const second = await command('set_scene', () => page.getByRole('button', { name: 'Ajouter', exact: true }).click());
    assert.deepEqual(second.layers.map((l) => l.name), ['cam1', 'text']);
    await page.locator('.outline[data-layer=text]').waitFor();
    await page.getByLabel('Quoi ajouter').selectOption('qr');
    const third = await command('set_scene', () => page.getByRole('button', { name: 'Ajouter', exact: true }).click());
    assert.deepEqual(third.layers[2]?.content, { kind: 'qr', text: '' });
    await page.locator('.outline[data-layer=qr]').waitFor();
    await page.getByLabel('Adresse ou texte').fill('https://example.org/');
    const said = await command('set_layer', () => page.getByLabel('Adresse ou texte').blur());
    assert.deepEqual(said.layer.content, { kind: 'qr', text: 'https://example.org/' });
    await page.getByLabel('Mouvement').selectOption('1000');
    assert.deepEqual(await command('arrange_scene', () => page.getByRole('button', { name: 'Côte à côte' }).click()), {
      kind: 'arrange_scene', scene: 'scene', layout: 'side_by_side', glide_ms: 1000,
    });
    const name = page.getByLabel('Nom de la scène');
    await name.fill('Duo');
    assert.equal((await command('set_scene', () => name.press('Enter'))).label, 'Duo');
    assert.equal((await command('set_scene', () => page.getByRole('button', { name: 'Dupliquer' }).click())).name, 'scene 2');
    await page.locator('.editor[data-scene="scene 2"]').waitFor();
    assert.deepEqual(await command('remove_scene', () => page.getByRole('button', { name: 'Supprimer' }).click()), { kind: 'remove_scene', name: 'scene 2' });
    await page.locator('.editor').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.scene .name').innerText(), 'Duo');
  });

  test('go to preview and program by key and by press, like sources', async () => {
    give('duo', 'Duo');
    const page = await desk();
    await page.keyboard.press('0');
    assert.deepEqual(await command('cut', () => page.keyboard.press('1')), { kind: 'cut', scene: 'duo', faces: [] });
    await page.locator('.scene.air[data-scene=duo]').waitFor();
    assert.deepEqual(await command('cut', () => page.keyboard.press('1')), { kind: 'cut', scene: 'cam1', faces: [] });
    assert.deepEqual(await command('preview', () => page.locator('.scene[data-scene=duo]').click({ modifiers: ['Shift'] })), { kind: 'preview', scene: 'duo' });
    await page.locator('.monitor.preview', { hasText: 'Duo' }).waitFor();
  });

  test('a layer follows the hand, and the last place is always sent', async () => {
    give('duo', 'Duo');
    const page = await desk();
    await page.getByRole('button', { name: 'Modifier Duo' }).click();
    const outline = page.locator('.outline[data-layer=cam2]');
    const stage = await page.locator('.stage-canvas').boundingBox();
    const box = await outline.boundingBox();
    assert.ok(stage && box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const from = mock.received.length;
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) await page.mouse.move(x + (step * 0.11 * stage.width) / 20, y - (step * 0.07 * stage.height) / 20);
    await page.mouse.up();
    const isThere = (layer: Layer): boolean => Math.abs(layer.place.x - 0.36) < 0.004 && Math.abs(layer.place.y - 0.18) < 0.004;
    await mock.got((m) => m.type === 'command' && m.command.kind === 'set_layer' && isThere(m.command.layer), from);
    const sent = mock.received.slice(from).flatMap((m) => (m.type === 'command' && m.command.kind === 'set_layer' ? [m.command] : []));
    assert.ok(sent.length <= 22, `${sent.length} commands for 21 moves`);
    for (const { scene, layer, glide_ms } of sent) {
      assert.equal(scene, 'duo');
      assert.equal(layer.name, 'cam2');
      assert.equal(glide_ms, undefined);
      near(layer.place.width, 0.5);
    }
    const last = sent[sent.length - 1];
    assert.ok(last && isThere(last.layer));

    // The corner below right: as wide as high, and the corner above left stays.
    const held = await page.locator('.handle.x2.y2').boundingBox();
    assert.ok(held);
    await page.mouse.move(held.x + 11, held.y + 11);
    await page.mouse.down();
    await page.mouse.move(held.x + 11 - 0.1 * stage.width, held.y + 11 - 0.1 * stage.height, { steps: 3 });
    const resized = await command('set_layer', () => page.mouse.up());
    const { place } = resized.layer;
    near(place.x, 0.36);
    near(place.y, 0.18);
    near(place.width, 0.4);
    near(place.height, 0.4);
  });

  test('arrow keys move a layer by a pixel, by ten, and resize it', async () => {
    give('duo', 'Duo');
    const page = await desk();
    await page.getByRole('button', { name: 'Modifier Duo' }).click();
    const outline = page.locator('.outline[data-layer=cam2]');
    await outline.focus();
    near((await command('set_layer', () => page.keyboard.press('ArrowRight'))).layer.place.x, 0.25 + 1 / 960);
    near((await command('set_layer', () => page.keyboard.press('Shift+ArrowDown'))).layer.place.y, 0.25 + 10 / 540);
    const { place } = (await command('set_layer', () => page.keyboard.press('Alt+Shift+ArrowLeft'))).layer;
    near(place.width, 0.5 - 10 / 960);
    near(place.height, 0.5);
    // Space takes, wherever a layer has the focus.
    assert.deepEqual(await command('take', () => page.keyboard.press('Space')), { kind: 'take', faces: [], transition: 'cut' });
  });

  test('numbers say the rest, and hidden layers can be shown again', async () => {
    give('duo', 'Duo');
    const page = await desk();
    await page.getByRole('button', { name: 'Modifier Duo' }).click();
    const opacity = page.getByLabel('Opacité');
    await opacity.fill('40');
    near((await command('set_layer', () => opacity.press('Tab'))).layer.opacity, 0.4);
    assert.equal((await command('set_layer', () => page.getByLabel('Fusion').selectOption('screen'))).layer.blend, 'screen');
    await page.getByText('Rogner').click();
    const left = page.getByLabel('Gauche', { exact: true });
    await left.fill('10');
    assert.deepEqual((await command('set_layer', () => left.press('Tab'))).layer.crop, { x: 0.1, y: 0, width: 0.9, height: 1 });
    assert.equal((await command('set_layer', () => page.getByRole('button', { name: 'Montrer Tables nord' }).click())).layer.visible, false);
    await page.locator('.outline.unseen[data-layer=cam2]').waitFor();
    assert.deepEqual(
      (await command('set_scene', () => page.getByRole('button', { name: 'Reculer Tables nord' }).click())).layers.map((l) => l.name),
      ['cam2', 'cam1'],
    );
  });

  test('undo and redo by key and by a button that says what it undoes', async () => {
    const page = await desk();
    await command('set_scene', () => page.getByRole('button', { name: 'Nouvelle scène' }).click());
    await page.locator('.editor').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.scene[data-scene=scene]').waitFor();
    await page.getByRole('button', { name: 'Annuler : scène Scène 1' }).waitFor();
    await command('undo', () => page.keyboard.press('Control+z'));
    await page.locator('.scene[data-scene=scene]').waitFor({ state: 'detached' });
    await command('redo', () => page.keyboard.press('Control+Shift+Z'));
    await page.locator('.scene[data-scene=scene]').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Rétablir' }).isDisabled(), true);
    await command('undo', () => page.getByRole('button', { name: 'Annuler : scène Scène 1' }).click());
  });
});

describe('faces together', { skip: onlyStandIn }, () => {
  test('several are the target of cuts and takes, and two are swapped', async () => {
    const page = await desk();
    await page.keyboard.press('e');
    await page.keyboard.press('Shift+N');
    await page.locator('.face.north[aria-pressed=true]').waitFor();
    assert.deepEqual(await command('cut', () => page.keyboard.press('4')), { kind: 'cut', scene: 'cam4', faces: ['north', 'east'] });
    assert.deepEqual(await command('take', () => page.keyboard.press('Enter')), { kind: 'take', faces: ['north', 'east'] });
    assert.deepEqual(await command('swap_faces', () => page.keyboard.press('x')), { kind: 'swap_faces', one: 'north', other: 'east' });
    await page.getByRole('button', { name: 'Grouper' }).click();
    await page.locator('.face.south').click();
    assert.deepEqual(await command('follow', () => page.keyboard.press('f')), { kind: 'follow', faces: ['north', 'east', 'south'] });
    await page.locator('.face.north').click();
    assert.deepEqual(await command('cut', () => page.keyboard.press('2')), { kind: 'cut', scene: 'cam2', faces: ['east', 'south'] });
  });

  test('an overlay goes over all faces or the chosen ones, and off again', async () => {
    give('titre', 'Titre');
    const page = await desk();
    const key = async (): Promise<void> => {
      await page.keyboard.press('h');
      await page.keyboard.press('1');
    };
    assert.deepEqual(await command('set_overlay', key), { kind: 'set_overlay', scene: 'titre', on: true, length_ms: 500, faces: [] });
    await page.locator('[data-overlay=titre][aria-pressed=true]', { hasText: 'toutes les faces' }).waitFor();
    assert.equal((await command('set_overlay', () => page.locator('[data-overlay=titre]').click())).on, false);
    await page.locator('[data-overlay=titre][aria-pressed=false]').waitFor();
    await page.keyboard.press('e');
    assert.deepEqual((await command('set_overlay', key)).faces, ['east']);
    await page.locator('[data-overlay=titre]', { hasText: 'Est' }).waitFor();
  });

  test('the multiview takes the place of the bank', async () => {
    const page = await desk();
    const from = mock.received.length;
    await page.keyboard.press('v');
    await mock.got((m) => m.type === 'pictures' && m.want.some((w) => w.kind === 'view' && w.name === 'multiview'), from);
    await page.locator('#panel.multiview').waitFor();
    assert.deepEqual(await command('set_multiview', () => page.getByLabel('Disposition').selectOption('faces')), { kind: 'set_multiview', layout: 'faces', cells: [] });
    await page.getByRole('button', { name: 'Choisir les images' }).click();
    assert.deepEqual(await command('set_multiview', () => page.getByLabel('Case 3').selectOption('face/east')), { kind: 'set_multiview', cells: ['', '', 'face/east'] });
    assert.deepEqual(await command('set_multiview', () => page.getByLabel('Case 3').selectOption('')), { kind: 'set_multiview', cells: [] });
    assert.equal((await command('set_multiview', () => page.getByRole('button', { name: 'Niveaux' }).click())).meters, false);
    await page.locator('body').click({ position: { x: 2, y: 2 } });
    assert.deepEqual(await command('cut', () => page.keyboard.press('3')), { kind: 'cut', scene: 'cam3', faces: [] });
  });
});

describe('the lamp on a camera', { skip: onlyStandIn }, () => {
  const colour = (page: Page): Promise<string> => page.locator('.lamp').evaluate((lamp) => getComputedStyle(lamp).backgroundColor);

  test('is red on a face, green in preview, dark else, and says it when the line is lost', async () => {
    const page = await seat('/tally/cam1', 'observer');
    await page.locator('.lamp.program', { hasText: 'Plateau large' }).waitFor();
    await page.getByText('À l’antenne').waitFor();
    await page.getByText('Nord · Est · Ouest').waitFor();
    assert.equal(await colour(page), 'rgb(196, 20, 42)');
    const director = await desk();
    await command('cut', () => director.keyboard.press('2'));
    await page.locator('.lamp.dark').waitFor();
    assert.equal(await colour(page), 'rgb(10, 12, 16)');
    await command('preview', () => director.keyboard.press('Shift+1'));
    await page.locator('.lamp.preview').waitFor();
    assert.equal(await colour(page), 'rgb(11, 107, 52)');
    mock.cut();
    await page.locator('.lamp.lost').waitFor();
    await page.getByRole('alert').filter({ hasText: 'Connexion perdue' }).waitFor();
    mock.restore();
    await page.locator('.lamp.preview').waitFor();
  });

  test('stays red to the end of a mix, through a scene as well, and names no source that is not there', async () => {
    give('duo', 'Duo');
    mock.state.transition = { name: 'mix', length: 400e6 };
    const page = await seat('/tally/cam2', 'observer');
    await page.locator('.lamp.preview').waitFor();
    const director = await desk();
    await director.keyboard.press('0');
    await command('cut', () => director.keyboard.press('1'));
    await page.locator('.lamp.program').waitFor();
    await command('preview', () => director.keyboard.press('Shift+5'));
    await command('take', () => director.keyboard.press('Enter'));
    assert.equal(await page.locator('.lamp.program').count(), 1);
    await page.locator('.lamp.preview').waitFor();
    const lost = await seat('/tally/nobody', 'observer');
    await lost.getByRole('link', { name: 'Animatrice' }).waitFor();
  });
});
