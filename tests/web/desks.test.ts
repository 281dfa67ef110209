// The desks: keys and presses send the right commands, what is shown comes from the server alone, faults are
// said. Against the stand-in only: a real server's desks are tested with its own show.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Command } from '../../assets/web/shared/protocol';
import type { Mock } from './support/mock';
import { launch, onlyStandIn, openShow, sit, standIn, type Seat, type Show } from './support/harness';

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

async function desk(name: string, key: string): Promise<Page> {
  const seat = await sit(browser, show, `/desk/${name}`, key);
  seats.push(seat);
  await seat.page.locator('.link.open').waitFor();
  await seat.page.locator('main:not(.wait)').waitFor();
  return seat.page;
}

async function command(act: () => Promise<unknown>): Promise<Command> {
  const from = mock.received.length;
  const sent = mock.got((m) => m.type === 'command', from);
  await act();
  const message = await sent;
  assert.ok(message.type === 'command');
  return message.command;
}

describe('the production desk', { skip: onlyStandIn }, () => {
  test('cuts by key and by click, to program and to one face', async () => {
    const page = await desk('producer', 'producer');
    assert.deepEqual(await command(() => page.keyboard.press('2')), { kind: 'cut', scene: 'cam2', faces: [] });
    await page.locator('.source.air[data-source=cam2]').waitFor();
    assert.deepEqual(await command(() => page.locator('[data-source=cam4]').click()), { kind: 'cut', scene: 'cam4', faces: [] });

    await page.keyboard.press('e');
    await page.locator('.face.east[aria-pressed=true]').waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('3')), { kind: 'cut', scene: 'cam3', faces: ['east'] });
    await page.locator('.face.east', { hasText: 'Tient Tables sud' }).waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('f')), { kind: 'follow', faces: ['east'] });
    await page.locator('.face.east', { hasText: 'Suit le programme' }).waitFor();

    await page.keyboard.press('F4');
    assert.deepEqual(await command(() => page.keyboard.press('Numpad1')), { kind: 'cut', scene: 'cam1', faces: ['west'] });
    await page.keyboard.press('Escape');
    assert.deepEqual(await command(() => page.keyboard.press('f')), { kind: 'follow', faces: [] });
  });

  test('plays, cues, loops and sets clips, and makes a source of a file of the bin', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('c');
    const clip = page.locator('[data-clip=film]');
    assert.match(await clip.locator('.figures').innerText(), /1:35/);
    const play = clip.getByRole('button', { name: 'Lire', exact: true });
    assert.deepEqual(await command(() => play.click()), { kind: 'play', sources: ['film'] });
    await page.locator('[data-clip=film][data-state=playing]').waitFor();
    await clip.locator('.figures', { hasText: '1:34' }).waitFor();
    assert.deepEqual(await command(() => clip.getByRole('button', { name: 'Pause' }).press('Enter')), { kind: 'pause', sources: ['film'] });
    await page.locator('[data-clip=film][data-state=paused]').waitFor();
    assert.deepEqual(await command(() => clip.getByRole('button', { name: 'Boucle' }).click()), { kind: 'set_clip', source: 'film', loop: true });
    await clip.getByRole('button', { name: 'Boucle', pressed: true }).waitFor();
    assert.deepEqual(await command(() => clip.getByLabel('Vitesse').selectOption('0.5')), { kind: 'set_clip', source: 'film', speed: 0.5 });
    const scrub = clip.getByRole('slider');
    const place = await command(() => scrub.fill('40000'));
    assert.ok(place.kind === 'cue' && Math.abs((place.position_ms ?? 0) - 40_000) < 40);
    await clip.locator('.at', { hasText: '0:40 / 1:35' }).waitFor();
    const stepped = await command(() => scrub.press('ArrowRight'));
    assert.ok(stepped.kind === 'cue' && (stepped.position_ms ?? 0) > 40_000);
    const entry = await command(() => clip.getByRole('button', { name: 'Entrée ici' }).click());
    assert.ok(entry.kind === 'set_clip' && Math.abs((entry.in_ms ?? 0) - (stepped.position_ms ?? 0)) < 120);
    assert.deepEqual(await command(() => clip.getByRole('button', { name: 'Caler' }).click()), { kind: 'cue', sources: ['film'] });

    assert.deepEqual(await command(() => clip.getByRole('button', { name: 'Transition' }).click()), { kind: 'set_stinger', source: 'film' });
    const cut = await command(() => clip.getByRole('button', { name: 'Coupe ici' }).click());
    assert.ok(cut.kind === 'set_stinger' && cut.cut_ms !== undefined);
    await page.keyboard.press('d');
    const chosen = page.locator('.stingers [data-effect=film]');
    assert.deepEqual(await command(() => chosen.click()), { kind: 'set_transition', transition: 'film', length_ms: 1000 });
    await page.locator('.stingers [data-effect=film][aria-pressed=true]').waitFor();
    await page.keyboard.press('c');
    assert.deepEqual(await command(() => clip.getByRole('button', { name: 'Transition', pressed: true }).click()), { kind: 'remove_stinger', source: 'film' });

    const file = page.locator('.file', { hasText: 'Générique.mp4' });
    assert.deepEqual(await command(() => file.getByRole('button').click()), { kind: 'add_source', name: 'Generique', label: 'Générique', file: 'Générique.mp4' });
    await file.locator('.known').waitFor();
    assert.ok(await page.locator('.file', { hasText: 'abîmé.mov' }).getByRole('button').isDisabled());
  });

  test('previews, takes by cut and by transition, and goes to black, by key and by hand', async () => {
    const page = await desk('producer', 'producer');
    assert.deepEqual(await command(() => page.keyboard.press('Shift+4')), { kind: 'preview', scene: 'cam4' });
    await page.locator('.monitor.preview[data-shows=cam4]').waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('Space')), { kind: 'take', faces: [], transition: 'cut' });
    await page.locator('.monitor.program[data-shows=cam4]').waitFor();
    await page.locator('.monitor.preview[data-shows=cam1]').waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('Enter')), { kind: 'take', faces: [] });
    await page.locator('.monitor.program[data-shows=cam1]').waitFor();

    const dip = page.getByRole('button', { name: 'Fondu au noir' });
    assert.deepEqual(await command(() => dip.click()), { kind: 'set_transition', transition: 'dip', length_ms: 1000, values: [] });
    await page.locator('.how [aria-pressed=true]', { hasText: 'Fondu au noir' }).waitFor();
    const length = page.getByLabel('Durée de la transition');
    assert.deepEqual(await command(() => length.selectOption('2000')), { kind: 'set_transition', transition: 'dip', length_ms: 2000, values: [] });

    await page.locator('main').click({ position: { x: 2, y: 2 } });
    assert.deepEqual(await command(() => page.keyboard.press('b')), { kind: 'fade_to_black', down: true, length_ms: 1000 });
    await page.getByRole('alert').filter({ hasText: 'au noir' }).waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('b')), { kind: 'fade_to_black', down: false, length_ms: 1000 });
  });

  test('takes to the face that is chosen, and the T-bar goes by hand', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('e');
    await page.locator('.face.east[aria-pressed=true]').waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('Space')), { kind: 'take', faces: ['east'], transition: 'cut' });
    await page.locator('.face.east', { hasText: 'Tient Tables nord' }).waitFor();
    await page.keyboard.press('p');
    const bar = page.getByLabel('Levier');
    assert.deepEqual(await command(() => bar.fill('0.4')), { kind: 'move_t_bar', position: 0.4 });
    await page.locator('.monitor.program[data-shows=cam2]').waitFor();
    assert.deepEqual(await command(() => bar.fill('1')), { kind: 'move_t_bar', position: 1 });
  });

  test('a source can be chosen for preview by a press alone', async () => {
    const page = await desk('producer', 'producer');
    await page.getByRole('button', { name: 'en prévision' }).click();
    assert.deepEqual(await command(() => page.locator('[data-source=cam3]').click()), { kind: 'preview', scene: 'cam3' });
    assert.deepEqual(await command(() => page.keyboard.press('Space')), { kind: 'take', faces: [], transition: 'cut' });
    assert.deepEqual(await command(() => page.keyboard.press('Shift+1')), { kind: 'cut', scene: 'cam1', faces: [] });
  });

  test('works unshifted on a French keyboard', async () => {
    const page = await desk('producer', 'producer');
    const sent = await command(() =>
      page.evaluate(() => {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit2', key: 'é', bubbles: true }));
      }),
    );
    assert.deepEqual(sent, { kind: 'cut', scene: 'cam2', faces: [] });
  });

  test('places the wall on all faces or on one', async () => {
    const page = await desk('producer', 'producer');
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'À côté' }).click()), { kind: 'place_wall', placement: 'beside', faces: [] });
    await page.getByRole('button', { name: 'À côté', pressed: true }).waitFor();
    await page.keyboard.press('n');
    assert.deepEqual(await command(() => page.keyboard.press('j')), { kind: 'place_wall', placement: 'off', faces: ['north'] });
    await page.getByRole('button', { name: 'J Sans', pressed: true }).waitFor();
  });

  test('two producers see each other’s moves', async () => {
    const [one, other] = [await desk('producer', 'producer'), await desk('producer', 'technician')];
    await one.keyboard.press('5');
    await other.locator('.source.air[data-source=film]').waitFor();
    await other.getByText('Programme : Film d’ouverture').waitFor();
    await other.keyboard.press('1');
    await one.locator('.source.air[data-source=cam1]').waitFor();
  });

  test('shows nothing as done that was refused, and says why with its code', async () => {
    const page = await desk('producer', 'observer');
    mock.commandFault = { code: 'forbidden', message: 'Not allowed.', retry_after_ms: 0 };
    await page.keyboard.press('2');
    const alert = page.getByRole('region', { name: 'Messages' }).getByRole('alert');
    await alert.getByText('forbidden').waitFor();
    assert.match(await alert.innerText(), /Votre clé n’y donne pas droit/);
    assert.equal(await page.locator('.source.air').getAttribute('data-source'), 'cam1');
    await alert.getByRole('button', { name: 'Fermer' }).click();
    await alert.getByText('forbidden').waitFor({ state: 'detached' });
  });

  test('without connection sends nothing, now or later', async () => {
    const page = await desk('producer', 'producer');
    mock.cut();
    await page.locator('.link.waiting').waitFor();
    await page.keyboard.press('2');
    await page.getByRole('alert').getByText('not_connected').waitFor();
    mock.restore();
    await page.locator('.link.open').waitFor();
    await command(() => page.keyboard.press('3'));
    assert.deepEqual(mock.received.flatMap((m) => (m.type === 'command' && m.command.kind === 'cut' ? [m.command.scene] : [])), ['cam3']);
  });

  test('leaves the keys alone when told to', async () => {
    const page = await desk('producer', 'producer');
    await page.getByRole('button', { name: 'Raccourcis clavier' }).click();
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'Raccourcis clavier' }).click();
    assert.deepEqual(await command(() => page.keyboard.press('4')), { kind: 'cut', scene: 'cam4', faces: [] });
    assert.equal(mock.received.filter((m) => m.type === 'command').length, 1);
  });

  test('shows all keys, opens panels by theirs, and finds all as it was after a reload', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Toutes les touches' });
    await sheet.getByText('Choisir plusieurs faces').waitFor();
    // No key has two meanings, in no language.
    for (const lang of ['FR', 'EN']) {
      await page.locator('.switch button', { hasText: lang }).evaluate((button) => (button as HTMLElement).click());
      await page.locator(`html[lang=${lang.toLowerCase()}]`).waitFor();
      const keys = (await page.locator('.sheet kbd').allInnerTexts()).flatMap((text) => text.split(' / ')).filter((key) => key !== 'Esc');
      assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), [], lang);
    }
    await page.locator('.switch button', { hasText: 'FR' }).evaluate((button) => (button as HTMLElement).click());
    await page.keyboard.press('2'); // nobody's cut while it is read
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'A Son', expanded: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'A Son', expanded: true }).waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('3')), { kind: 'cut', scene: 'cam3', faces: ['east'] });
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'A Son', expanded: false }).waitFor();
    assert.deepEqual(mock.received.flatMap((m) => (m.type === 'command' ? [m.command.kind] : [])), ['cut']);
  });

  test('shows what the effects do, and sets the chosen one', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('d');
    const wipe = page.locator('[data-effect=soft_wipe]');
    // Drawn by its own shader: one side of the picture is A, and the other goes over into B.
    await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-effect=soft_wipe] canvas');
      const row = canvas?.getContext('2d')?.getImageData(0, 2, canvas.width, 1).data;
      return row !== undefined && row[3] === 255 && (row[0] ?? 0) !== (row[4 * (canvas?.width ?? 1) - 4] ?? 0);
    });
    assert.deepEqual(await command(() => wipe.click()), { kind: 'set_transition', transition: 'soft_wipe', length_ms: 1000, values: [] });
    const softness = page.getByLabel('softness');
    await softness.fill('0.4');
    assert.deepEqual(await command(() => softness.press('Tab')), {
      kind: 'set_transition', transition: 'soft_wipe', length_ms: 1000, values: [{ name: 'angle', value: [0] }, { name: 'softness', value: [0.4] }],
    });
    await page.getByRole('button', { name: 'Volet doux…', pressed: true }).waitFor();
  });

  test('keeps what is being typed when news come', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('a');
    const delay = page.locator('[data-channel=film] input[type=number]');
    await delay.fill('120');
    const age = page.locator('[data-source=cam2] .age');
    const before = await age.innerText();
    mock.state.dead = ['cam2'];
    await page.waitForFunction((was) => document.querySelector('[data-source=cam2] .age')?.textContent !== was, before);
    assert.equal(await delay.inputValue(), '120');
    await delay.press('Escape');
    assert.equal(await delay.inputValue(), '0');
  });

  test('draws live pictures and gives credit for each', async () => {
    const page = await desk('producer', 'producer');
    await page.waitForFunction(() => document.querySelectorAll('canvas[data-live=yes]').length === 12);
    const wish = await mock.got((m) => m.type === 'pictures');
    assert.ok(wish.type === 'pictures');
    assert.equal(wish.want.filter((w) => w.kind === 'face').length, 4);
    assert.equal(wish.want.filter((w) => w.kind === 'source').length, 6);
    const from = mock.received.length;
    await mock.got((m) => m.type === 'seen', from);
    assert.equal(new Set(mock.seen).size, mock.seen.length, 'each picture is acknowledged once');
  });

  test('mixes sound by keyboard and by hand, and shows what the server says', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('a');
    await page.locator('[data-channel]').first().waitFor();
    // Only sources that have sound have a strip.
    assert.deepEqual(await page.locator('[data-channel]').evaluateAll((all) => all.map((one) => one.getAttribute('data-channel'))), ['cam1', 'film']);
    const film = page.locator('[data-channel=film]');
    assert.deepEqual(await command(() => film.locator('.mute').click()), { kind: 'set_channel', source: 'film', mute: true });
    await film.locator('.mute[aria-pressed=true]').waitFor();
    await film.locator('.solo').focus();
    assert.deepEqual(await command(() => page.keyboard.press('Space')), { kind: 'set_channel', source: 'film', solo: true });
    const fader = film.locator('input[type=range]').first();
    await fader.focus();
    assert.deepEqual(await command(() => page.keyboard.press('ArrowLeft')), { kind: 'set_channel', source: 'film', gain_db: -0.5 });
    await film.locator('output', { hasText: '-0.5 dB' }).waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('Home')), { kind: 'set_channel', source: 'film', gain_db: -100 });
    assert.deepEqual(await command(() => film.locator('select').selectOption('always')), { kind: 'set_channel', source: 'film', follow: 'always' });
    const delay = film.locator('input[type=number]');
    await delay.fill('80');
    assert.deepEqual(await command(() => delay.press('Tab')), { kind: 'set_channel', source: 'film', delay_ms: 80 });
    const master = page.locator('.strip.master');
    assert.deepEqual(await command(() => master.locator('.mute').click()), { kind: 'set_master', mute: true });
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'Cloche' }).click()), { kind: 'ring_bell' });
  });

  test('shows levels and loudness as they come', async () => {
    const page = await desk('producer', 'producer');
    await page.keyboard.press('a');
    await page.locator('[data-channel=film]').waitFor();
    mock.sendLevels({
      channels: [{ source: 'film', sounding: true, peak_left_db: -30, peak_right_db: -120, presence: 1 }],
      master_left_db: -15, master_right_db: -15, limiter_db: 0, momentary_lufs: -22.4, short_term_lufs: -23, integrated_lufs: -23.1, true_peak_db: -9,
    });
    await page.locator('[data-loudness=integrated]', { hasText: '-23,1 LUFS' }).waitFor();
    const covers = await page.locator('[data-channel=film] .meter span').evaluateAll((all) => all.map((one) => (one as HTMLElement).style.transform));
    assert.deepEqual(covers, ['scaleX(0.5)', 'scaleX(1)']);
  });

  test('is not for a table’s key', async () => {
    const seat = await sit(browser, show, '/desk/producer', 'table/7');
    seats.push(seat);
    await seat.page.getByRole('heading', { name: 'besoin de sa clé' }).waitFor();
  });
});

describe('the stage desk', { skip: onlyStandIn }, () => {
  test('says that all is well, and what is not, with its remedy', async () => {
    const page = await desk('stage', 'technician');
    await page.getByText('Tout va bien').waitFor();
    mock.state.dead = ['cam2'];
    mock.state.lostOutput = 'south';
    await page.getByText('Source Tables nord : perdue').waitFor();
    await page.getByText('Personne ne répond à cette adresse').waitFor();
    await page.getByText('Vérifiez le câble, l’alimentation').waitFor();
    await page.getByText('Sortie ecran-south (Sud) sans écran').waitFor();
    await page.locator('.alerts').getByText('L’écran HDMI-3 n’est pas branché.').waitFor();
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    await page.getByText('Nobody answers at that address').waitFor();
    await page.getByRole('button', { name: 'FR', exact: true }).click();
    mock.state.dead = [];
    mock.state.lostOutput = '';
    await page.getByText('Tout va bien').waitFor();
  });
});

describe('the show desk', { skip: onlyStandIn }, () => {
  test('prepares, opens and closes, and asks before it ends something', async () => {
    const page = await desk('show', 'director');
    await page.getByLabel('Texte de la question').fill('Que manque-t-il au quartier ?');
    assert.equal(await page.getByRole('button', { name: 'Ouvrir la question' }).isDisabled(), true);
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'Préparer' }).click()), {
      kind: 'set_question', text: 'Que manque-t-il au quartier ?', language: 'fr', parts: [], length_ms: 0, close_at_end: false,
    });
    await page.getByText('La question est prête').waitFor();
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'Ouvrir la question' }).click()), { kind: 'start_round' });
    await page.getByRole('heading', { name: 'Question 1 ouverte' }).waitFor();

    await page.getByRole('button', { name: 'Clore la question', exact: false }).first().click();
    await page.getByRole('button', { name: 'Non, laisser ouverte' }).click();
    await page.getByRole('button', { name: 'Clore la question', exact: false }).first().click();
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'Oui, clore' }).click()), { kind: 'stop_round' });
    await page.getByRole('heading', { name: 'Aucune question ouverte' }).waitFor();
    assert.deepEqual(
      mock.received.flatMap((m) => (m.type === 'command' ? [m.command.kind] : [])),
      ['set_question', 'start_round', 'stop_round'],
    );
  });

  test('holds and extends the time by keys, and says a word to the tables', async () => {
    mock.state.preparedLength = 600_000;
    const page = await desk('show', 'director');
    await page.getByRole('button', { name: 'Ouvrir la question' }).click();
    await page.getByRole('timer').getByText('10:00').waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('p')), { kind: 'pause_round' });
    await page.getByText('En pause, il reste').waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('+')), { kind: 'extend_round', by_ms: 60_000 });
    await page.getByRole('timer').getByText('10:5').or(page.getByRole('timer').getByText('11:00')).waitFor();
    assert.deepEqual(await command(() => page.keyboard.press('p')), { kind: 'resume_round' });
    const table = await sit(browser, show, '/table/7', 'table/7');
    seats.push(table);
    await table.page.getByRole('timer').waitFor();
    await page.getByLabel('Annonce aux tables').fill('Passez la parole p+-');
    assert.deepEqual(await command(() => page.getByLabel('Annonce aux tables').press('Enter')), {
      kind: 'show_notice', text: 'Passez la parole p+-', length_ms: 20_000, on_faces: false,
    });
    await table.page.getByText('Passez la parole p+-').waitFor();
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'Retirer', exact: true }).click()), { kind: 'show_notice', text: '' });
    await table.page.getByText('Passez la parole p+-').waitFor({ state: 'detached' });
  });

  test('plans the tables as they were written', async () => {
    const page = await desk('show', 'director');
    await page.getByLabel('Places par table').fill('6');
    await page.getByLabel('Absents (numéros)').fill('3, 10-12');
    await page.getByLabel('À séparer, une liste par ligne').fill('1, 2\n5 9');
    assert.deepEqual(await command(() => page.getByRole('button', { name: 'Calculer' }).click()), {
      kind: 'plan_rotation', anew: false,
      wish: { unit: 'people', tables: 24, seats: 6, rounds: 4, people: 0, absent: [3, 10, 11, 12], apart: [[1, 2], [5, 9]], together: [], scribes: true, seed: 1 },
    });
  });

  test('counts answers as they come', async () => {
    const page = await desk('show', 'director');
    await page.getByRole('button', { name: 'Ouvrir la question' }).click();
    const table = await sit(browser, show, '/table/7', 'table/7');
    seats.push(table);
    await table.page.getByLabel('Votre réponse').fill('Des bancs');
    await table.page.getByLabel('Votre réponse').press('Enter');
    await page.locator('.figures .answers', { hasText: '1' }).waitFor();
    await page.getByText('1 sur 24').waitFor();
  });

  test('keeps what is being written when another desk prepares something else', async () => {
    const page = await desk('show', 'director');
    await page.getByLabel('Texte de la question').fill('Ma question');
    mock.state.prepared = 'La leur';
    mock.changed();
    await page.getByText('Un autre poste a préparé un autre texte').waitFor();
    assert.equal(await page.getByLabel('Texte de la question').inputValue(), 'Ma question');
    await page.getByRole('button', { name: 'Prendre ce texte' }).click();
    assert.equal(await page.getByLabel('Texte de la question').inputValue(), 'La leur');
  });
});

describe('every desk', { skip: onlyStandIn }, () => {
  for (const [name, key] of [['producer', 'producer'], ['stage', 'technician'], ['show', 'director']] as const) {
    test(`says loudly while nothing can be written, and no longer when it is over: ${name}`, async () => {
      const page = await desk(name, key);
      const notice = page.getByRole('alert').filter({ hasText: 'Le disque n’écrit plus' });
      assert.equal(await notice.count(), 0);
      mock.state.diskFull = true;
      await notice.waitFor();
      await notice.getByText(name === 'stage' ? 'Libérez de la place' : 'Prévenez la technique').waitFor();
      assert.equal(await page.getByText('Tout va bien').count(), 0);
      await page.getByRole('button', { name: 'EN', exact: true }).click();
      await page.getByRole('alert').getByText('The disk no longer writes').waitFor();
      mock.state.diskFull = false;
      await page.locator('.disk-notice p').waitFor({ state: 'detached' });
    });
  }
});

describe('the entry', { skip: onlyStandIn }, () => {
  test('finds the page of a key, pasted alone or in its address', async () => {
    const seat = await sit(browser, show, '/', 'none');
    seats.push(seat);
    const { page } = seat;
    await page.getByRole('textbox', { name: 'Clé' }).fill('wrong');
    await page.getByRole('button', { name: 'Trouver ma page' }).click();
    await page.getByText('n’est pas reconnue').waitFor();
    await page.getByRole('textbox', { name: 'Clé' }).fill(`${show.url}/table/7#key=${show.keys['table/7'] ?? ''}`);
    await page.getByRole('button', { name: 'Trouver ma page' }).click();
    await page.getByRole('link', { name: 'Table 7' }).click();
    await page.locator('.link.open').waitFor();
    assert.equal(page.url(), `${show.url}/table/7`);
  });
});
