// A table's page: nothing typed is lost, nothing is called received before the server said so. The tests that
// need no fault from the server also run against a real one (TRIBUNE_URL, TRIBUNE_KEYS).
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { Director, launch, onlyStandIn, openShow, real, sit, standIn, type Seat, type Show } from './support/harness';

let browser: Browser;
let show: Show;
let director: Director;
const seats: Seat[] = [];
const question = "Qu'est-ce qui rendrait votre immeuble plus agréable à vivre ?";

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  show = await openShow();
  director = await Director.at(show);
  await director.open(question);
});
afterEach(async () => {
  director.close();
  for (const { context } of seats.splice(0)) await context.close();
  await show.stop();
});

let numbers = 0;
const unique = (text: string): string => `${text} (${process.pid}.${++numbers})`;

async function table(options = {}): Promise<Seat> {
  const seat = await sit(browser, show, '/table/7', 'table/7', options);
  seats.push(seat);
  await seat.page.getByRole('heading', { name: 'agréable à vivre' }).waitFor();
  await seat.page.locator('.link.open').waitFor();
  return seat;
}
const field = (page: Page): Locator => page.getByLabel('Votre réponse');
const answer = (page: Page, text: string, state = ''): Locator =>
  page.locator(`.ours li${state && `.${state}`}`, { hasText: text });

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

const stored = (page: Page): Promise<{ text: string; state: string }[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opened = indexedDB.open('tribune');
        opened.onerror = () => reject(new Error('cannot open'));
        opened.onsuccess = () => {
          const all = opened.result.transaction('answers').objectStore('answers').getAll();
          all.onsuccess = () => {
            opened.result.close();
            resolve(all.result as { text: string; state: string }[]);
          };
        };
      }),
  );

describe('a table', () => {
  test('types, and sees ✓', async () => {
    const { page, complaints } = await table();
    const text = unique('Un ascenseur qui marche');
    await say(page, text);
    await answer(page, text, 'received').waitFor();
    assert.match((await answer(page, text).innerText()).replace(/\s+/g, ' '), /✓ Reçue$/);
    assert.equal(await field(page).inputValue(), '');
    assert.equal(page.url(), `${show.url}/table/7`, 'the key is gone from the address');
    assert.deepEqual(complaints, []);
  });

  test('says which part it answers and what it is', { skip: onlyStandIn }, async () => {
    await director.command({ kind: 'set_question', text: question, language: 'fr', parts: ['Chez vous', 'Au quartier'], length_ms: 0, close_at_end: false });
    await director.command({ kind: 'start_round' });
    const { page } = await table();
    await page.getByRole('radio', { name: 'Au quartier' }).check();
    await page.getByRole('radio', { name: 'Critique' }).check();
    const text = unique('Personne ne répond');
    await say(page, text);
    await answer(page, text, 'received').waitFor();
    const sent = standIn(show).received.find((m) => m.type === 'submit' && m.text === text);
    assert.ok(sent?.type === 'submit');
    assert.deepEqual([sent.part, sent.kind, sent.round], [2, 'criticism', 2]);
    assert.equal(await page.getByRole('radio', { name: 'Au quartier' }).isChecked(), true);
    assert.equal(await page.getByRole('radio', { name: 'Idée' }).isChecked(), true);
  });

  test('sees ✓ only after the server stored it, and "kept" only once it is on disk', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    mock.holding = true;
    const text = unique('Le chauffage');
    const submitted = mock.got((m) => m.type === 'submit');
    await say(page, text);
    await answer(page, text, 'kept').waitFor();
    assert.deepEqual((await stored(page)).map((a) => [a.text, a.state]), [[text, 'kept']]);
    await submitted;
    assert.equal(await answer(page, text, 'received').count(), 0);
    mock.release();
    await answer(page, text, 'received').waitFor();
  });

  test('without network keeps its answers, and each arrives exactly once', async () => {
    const { page, network } = await table();
    await network.cut();
    await page.getByText('Sans réseau').waitFor();
    const texts = [unique('Des bancs'), unique('Moins de bruit'), unique('Un vrai gardien')];
    for (const text of texts) {
      await say(page, text);
      await answer(page, text, 'kept').waitFor();
    }
    await Promise.all([network.failed(3), ...(real ? [new Promise((r) => setTimeout(r, 10_000))] : [])]);
    assert.equal(await page.locator('.ours li.kept').count(), 3);
    network.restore();
    for (const text of texts) await answer(page, text, 'received').waitFor();
    const other = await table();
    for (const text of texts) {
      await answer(other.page, text, 'received').waitFor();
      assert.equal(await answer(other.page, text).count(), 1);
    }
    if (show.mock) assert.deepEqual(show.mock.contributions.map((c) => c.text), texts);
  });

  test('notices by itself that the whole device is offline', async () => {
    const { page, context } = await table();
    await context.setOffline(true);
    const text = unique('Plus de lumière dans le hall');
    await say(page, text);
    await answer(page, text, 'kept').waitFor();
    await page.getByText('Sans réseau').waitFor();
    await context.setOffline(false);
    await answer(page, text, 'received').waitFor();
  });

  test('keeps draft and outbox through a reload', async () => {
    const { page, network } = await table();
    await network.cut();
    await page.getByText('Sans réseau').waitFor();
    const sent = unique('Les charges sont trop élevées');
    const draft = unique('Et puis il faudrait');
    await say(page, sent);
    await answer(page, sent, 'kept').waitFor();
    await field(page).pressSequentially(draft);
    await page.reload();
    await answer(page, sent, 'kept').waitFor();
    assert.equal(await field(page).inputValue(), draft);
    network.restore();
    await answer(page, sent, 'received').waitFor();
    assert.equal(await field(page).inputValue(), draft);
    await page.reload();
    await answer(page, sent, 'received').waitFor();
    assert.equal(await answer(page, sent).count(), 1);
  });

  test('whose acknowledgement was lost sends the same answer again, and it counts once', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    mock.holding = true;
    const text = unique('Des jardins partagés');
    await say(page, text);
    const first = await mock.got((m) => m.type === 'submit');
    mock.cut();
    mock.holding = false;
    const from = mock.received.length;
    mock.restore();
    const second = await mock.got((m) => m.type === 'submit', from);
    await answer(page, text, 'received').waitFor();
    assert.deepEqual(second, first);
    assert.equal(mock.contributions.length, 1);
  });

  test('is asked to wait, and sends the same answer later', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    mock.refusals = [{ code: 'rate', message: 'Too many answers at once.', retry_after_ms: 300 }];
    const text = unique('Une salle commune');
    await say(page, text);
    await answer(page, text, 'received').waitFor();
    const ids = mock.received.flatMap((m) => (m.type === 'submit' ? [m.id] : []));
    assert.equal(ids.length, 2);
    assert.equal(new Set(ids).size, 1);
  });

  test('gets a refused text back, with the reason', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    mock.refusals = [{ code: 'text_mark_flood', message: 'Too many accents.', retry_after_ms: 0 }];
    const text = unique('Zut');
    await say(page, text);
    await page.getByRole('alert').getByText("Trop d’accents").waitFor();
    assert.equal(await field(page).inputValue(), text);
    await page.reload();
    await page.waitForFunction((t) => document.querySelector('textarea')?.value === t, text);
    await field(page).press('Enter');
    await answer(page, text, 'received').waitFor();
    const ids = mock.received.flatMap((m) => (m.type === 'submit' ? [m.id] : []));
    assert.equal(new Set(ids).size, 2, 'the mended answer is another answer');
  });

  test('that is typing already finds a refused text in its list and takes it back', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    mock.holding = true;
    mock.refusals = [{ code: 'some_new_code', message: 'The reason in the words of the server.', retry_after_ms: 0 }];
    const [refused, typing] = [unique('Premier'), unique('Deuxième')];
    await say(page, refused);
    await mock.got((m) => m.type === 'submit');
    await field(page).fill(typing);
    mock.release();
    const line = answer(page, refused, 'refused');
    await line.getByText('in the words of the server').waitFor();
    assert.equal(await field(page).inputValue(), typing);
    await line.getByRole('button').click();
    assert.equal(await field(page).inputValue(), `${refused} ${typing}`);
    assert.equal(await line.count(), 0);
  });

  test('reads how much room is left, and cannot send too much', async () => {
    const { page } = await table();
    await field(page).fill('é'.repeat(130));
    await page.getByText('10 signes restants').waitFor();
    await field(page).fill('👩‍👩‍👧'.repeat(20));
    await page.getByText('120 signes restants').waitFor();
    await field(page).fill('a'.repeat(141));
    await page.getByText('1 signe de trop').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Envoyer' }).isDisabled(), true);
    await field(page).press('Enter');
    assert.equal((await field(page).inputValue()).length, 141);
  });

  test('writes one line: Shift and Enter make a space', async () => {
    const { page } = await table();
    const text = unique('deux');
    await field(page).pressSequentially('Un');
    await field(page).press('Shift+Enter');
    await field(page).pressSequentially(text);
    await field(page).press('Enter');
    await answer(page, `Un ${text}`, 'received').waitFor();
  });

  test('sees the question close, and may still send what it was writing', async () => {
    const { page } = await table();
    const text = unique('Dernière idée');
    await field(page).fill(text);
    await director.command({ kind: 'stop_round' });
    await page.getByRole('heading', { name: 'Pas de question' }).waitFor();
    await page.getByText('close depuis').waitFor();
    await field(page).press('Enter');
    await answer(page, text, 'received').waitFor();
    await field(page).waitFor({ state: 'detached' });
  });

  test('answers the new question instead, if it wants to', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    await field(page).fill('Encore une idée');
    await director.open('Et pour les jeunes ?');
    await page.getByRole('heading', { name: 'Et pour les jeunes' }).waitFor();
    await page.getByRole('button', { name: 'Répondre plutôt' }).click();
    await field(page).press('Enter');
    await answer(page, 'Encore une idée', 'received').waitFor();
    assert.equal(standIn(show).contributions[0]?.round, 2);
  });

  test('gets its kept answers back when the show began anew', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    mock.cut();
    await page.getByText('Sans réseau').waitFor();
    const text = unique('Avant');
    await say(page, text);
    await answer(page, text, 'kept').waitFor();
    mock.epoch = 'night-2';
    mock.restore();
    await page.getByRole('alert').getByText('recommencée').waitFor();
    assert.equal(await field(page).inputValue(), text);
    assert.equal(mock.contributions.length, 0);
  });

  test('with another key is told so, and loses nothing', { skip: onlyStandIn }, async () => {
    const { page } = await table();
    const mock = standIn(show);
    await field(page).fill('Un brouillon');
    mock.keys['table/7'] = 'changed';
    mock.cut();
    mock.restore();
    await page.getByRole('heading', { name: 'besoin de sa clé' }).waitFor();
    await page.getByRole('textbox', { name: 'Clé' }).fill('changed');
    await page.getByRole('button', { name: 'Entrer' }).click();
    await page.locator('.link.open').waitFor();
    assert.equal(await field(page).inputValue(), 'Un brouillon');
  });

  test('whose address names another table becomes the table of its key', { skip: onlyStandIn }, async () => {
    const seat = await sit(browser, show, '/table/3', 'table/7');
    seats.push(seat);
    await seat.page.waitForURL('**/table/7');
    await seat.page.getByText('Table 7').waitFor();
    await seat.page.locator('.link.open').waitFor();
  });

  test('reads the page in English when it wants to, and keeps the choice', async () => {
    const { page } = await table();
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    await page.getByLabel('Your answer').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.reload();
    await page.getByLabel('Your answer').waitFor();
  });
});
