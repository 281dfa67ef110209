// What is printed, on the real program: from the director's desk to the words and codes on paper, as Poppler and ZBar
// read them, and from a code to the page it promises.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { launch, shoot, sit, type Seat } from './support/harness';
import { Program, tribune } from './support/program';

const run = promisify(execFile);
const show = `
title = "La Fabrique"
language = "fr"
tables = 3
[venue]
face_size = "320x180"
[opening]
source = "code"
[[scene]]
name = "code"
[[scene.layer]]
qr = "https://example.org/parole"
[wall]
placement = "off"
[[source]]
name = "noir"
url = "lavfi:color=c=black:s=320x180:r=10"
`;

let browser: Browser;
let program: Program;
let folder: string;
let seat: Seat;

before(async () => {
  browser = await launch();
  program = await Program.run(show);
  folder = await mkdtemp(join(tmpdir(), 'tribune-prints-'));
  seat = await sit(browser, program, '/desk/show', 'director');
  await seat.page.locator('.link.open').waitFor();
  await seat.page.locator('.prints summary').click();
});
after(async () => {
  await seat.context.close();
  await program.stop();
  await browser.close();
  await rm(folder, { recursive: true });
});

async function download(button: string): Promise<string> {
  const [file] = await Promise.all([seat.page.waitForEvent('download'), seat.page.getByRole('button', { name: button }).click()]);
  const path = join(folder, `${button}.pdf`);
  await file.saveAs(path);
  assert.equal(file.suggestedFilename(), `${button}.pdf`);
  return path;
}
const text = async (file: string): Promise<string> => (await run('pdftotext', ['-layout', file, '-'])).stdout;
async function codes(file: string, page: number): Promise<string[]> {
  const picture = join(folder, 'page');
  await run('pdftoppm', ['-r', '100', '-f', String(page), '-l', String(page), '-singlefile', '-png', file, picture]);
  return read(`${picture}.png`);
}
async function read(picture: string): Promise<string[]> {
  const { stdout } = await run('zbarimg', ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable', picture]);
  return stdout.trim().split('\n');
}

describe('what is printed', () => {
  test('a table’s sign leads to its page, logged in', async () => {
    const file = await download('Panneaux des tables');
    const [code] = await codes(file, 2);
    assert.equal(code, `${program.url}/table/2#key=${program.keys['table/2'] ?? ''}`);
    const context = await browser.newContext({ locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(code);
    await page.locator('.link.open').waitFor();
    await context.close();
  });

  test('the phones’ sign leads to their page, logged in', async () => {
    const file = await download('Affiche pour les téléphones');
    const code = `${program.url}/voice#key=${program.keys['audience'] ?? ''}`;
    assert.deepEqual(await codes(file, 1), [code]);
    const context = await browser.newContext({ locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(code);
    await page.locator('.link.open').waitFor();
    await context.close();
  });

  test('the cards come once there is a plan, one a person', async () => {
    const { page } = seat;
    assert.ok(await page.getByRole('button', { name: 'Cartes de placement' }).isDisabled());
    await page.locator('.prints .facts').waitFor();
    await page.locator('.tables form').getByLabel('Places par table').fill('4');
    await page.locator('.tables form button[type=submit]').click();
    await page.locator('.tables .plan').waitFor();
    const words = await text(await download('Cartes de placement'));
    assert.equal(words.split('Personne').length - 1, 12);
    assert.match(words, /Tour 1 +→ +table 1 +secrétaire/);
    await shoot(page, 'desk-show-prints');
    assert.deepEqual(seat.complaints, []);
  });

  test('a code in the picture is read off a face', async () => {
    const face = join(folder, 'face.png');
    await run(tribune, ['snapshot', program.url, '--key', program.keys['observer'] ?? '', '--face', 'east', '-o', face]);
    assert.deepEqual(await read(face), ['https://example.org/parole']);
  });

  test('the same from the command line, and not for everybody', async () => {
    const file = join(folder, 'signs.pdf');
    const keys = join(program.data, 'keys.json');
    await run(tribune, ['print', 'tables', program.url, '--key-file', keys, '-o', file]);
    assert.match(await text(file), /La Fabrique/);
    await assert.rejects(run(tribune, ['print', 'tables', program.url, '--key', program.keys['observer'] ?? '', '-o', file]), /director's or the technician's key/);
  });
});
