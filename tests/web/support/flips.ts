// When the seconds of a round's countdown change on several devices at once, against the show's own clock: two tablets, a
// desk, a tablet whose clock is two hours off, and one on a slow and uneven network. Real pages on the real program. All
// is told on one clock, this process's: how it stands to each page's and to the show's is asked many times, and bounded
// by when the question went and the answer came.
import { once } from 'node:events';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { DeskView } from '../../../assets/web/shared/protocol';
import type { Show } from './harness';
import { patience, within } from './patience';
import { Wire } from './wire';

const asked = 40;

interface Device {
  name: string;
  path: string;
  key: string;
  hours?: number; // that its clock is ahead
  slow?: boolean;
}
export const devices: readonly Device[] = [
  { name: 'a tablet', path: '/table/1', key: 'table/1' },
  { name: 'another tablet', path: '/table/2', key: 'table/2' },
  { name: 'the desk', path: '/desk/show', key: 'director' },
  { name: 'a tablet whose clock is two hours ahead', path: '/table/3', key: 'table/3', hours: 2 },
  { name: 'a tablet on a slow network', path: '/table/4', key: 'table/4', slow: true },
];

export interface Flips {
  name: string;
  late: Map<number, number>; // by the seconds left that came up: milliseconds after the show's clock had them
  doubt: number; // of each, milliseconds either way
}

// How far another clock is ahead of this one.
class Ahead {
  #low = -Infinity;
  #high = Infinity;

  heard(sent: number, low: number, high: number, now: number): void {
    this.#low = Math.max(this.#low, low - now);
    this.#high = Math.min(this.#high, high - sent);
  }
  get by(): number {
    return (this.#low + this.#high) / 2;
  }
  get doubt(): number {
    return (this.#high - this.#low) / 2;
  }
}

async function clockOf(page: Page): Promise<Ahead> {
  const ahead = new Ahead();
  for (let i = 0; i < asked; i++) {
    const sent = performance.now();
    const there = await page.evaluate(() => performance.now());
    ahead.heard(sent, there, there, performance.now());
  }
  return ahead;
}

async function clockOfShow(show: Show): Promise<Ahead> {
  const ahead = new Ahead();
  const socket = new WebSocket(`${show.url.replace(/^http/, 'ws')}/ws`, 'tribune', { origin: show.url });
  await within(once(socket, 'open'), 'the show’s line');
  let left = asked;
  let sent = 0;
  const ask = (): void => {
    sent = performance.now();
    socket.send(JSON.stringify({ type: 'clock', t: sent }));
  };
  const done = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { type: string; show_ms?: number };
      if (message.type === 'welcome') ask();
      if (message.type !== 'clock' || message.show_ms === undefined) return;
      ahead.heard(sent, message.show_ms, message.show_ms + 1, performance.now());
      if (--left > 0) ask();
      else resolve();
    });
  });
  socket.send(JSON.stringify({ type: 'hello', proto: 1, key: show.keys['observer'], device: 'a-clock', lang: 'fr' }));
  await within(done, 'the show’s clock');
  socket.terminate();
  return ahead;
}

async function roundOf(show: Show): Promise<{ started_ms: number; length_ms: number }> {
  const answer = await fetch(`${show.url}/api/state`, { headers: { authorization: `Bearer ${show.keys['observer'] ?? ''}` } });
  const round = ((await answer.json()) as DeskView).room.rounds.find((one) => one.open);
  if (!round?.length_ms) throw new Error('no round with a time is open');
  return { started_ms: round.started_ms, length_ms: round.length_ms };
}

const clockAhead = (by: number): string => `
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + ${by}); }
    static now() { return Right.now() + ${by}; }
  };`;

interface Noted {
  left: number;
  at: number;
}

// Notes when figures like 1:23 come up beside the round, until `wanted` have.
const note = (page: Page, wanted: number): Promise<Noted[]> =>
  page.evaluate(
    (count) =>
      new Promise<Noted[]>((resolve) => {
        // A method: what runs in the page has no helpers of the compiler's, and a function with a name would want one.
        const timer = {
          left(): number | null {
            const found = /(\d+):(\d\d)/.exec(document.querySelector('[role=timer]')?.textContent ?? '');
            return found ? Number(found[1]) * 60 + Number(found[2]) : null;
          },
        };
        const flips: Noted[] = [];
        let last = timer.left();
        const watch = new MutationObserver(() => {
          const left = timer.left();
          if (left === null || left === last) return;
          last = left;
          flips.push({ left, at: performance.now() });
          if (flips.length < count) return;
          watch.disconnect();
          resolve(flips);
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    wanted,
  );

// A round with a time is open in this show.
export async function measureFlips(browser: Browser, show: Show, wanted: number, random: () => number): Promise<Flips[]> {
  const wire = await Wire.to(show.url);
  wire.lag = { there: 60, back: 60, more: 120, random };
  const contexts: BrowserContext[] = [];
  try {
    const pages: Page[] = [];
    for (const device of devices) {
      const context = await browser.newContext({ locale: 'fr-FR' });
      contexts.push(context);
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      if (device.hours) await page.addInitScript({ content: clockAhead(device.hours * 3_600_000) });
      await page.goto(`${device.slow ? wire.url : show.url}${device.path}#key=${show.keys[device.key] ?? ''}`);
      await page.locator('[role=timer]').waitFor();
      pages.push(page);
    }
    const round = await roundOf(show);
    const inShow = await clockOfShow(show);
    const noted = await within(Promise.all(pages.map((page) => note(page, wanted))), 'the seconds to change', patience + 1000 * wanted);
    const out: Flips[] = [];
    for (const [i, page] of pages.entries()) {
      const onPage = await clockOf(page);
      const due = (left: number): number => round.started_ms + round.length_ms - 1000 * left;
      const late = new Map((noted[i] ?? []).map(({ left, at }) => [left, at - onPage.by + inShow.by - due(left)]));
      out.push({ name: devices[i]?.name ?? '', late, doubt: onPage.doubt + inShow.doubt });
    }
    return out;
  } finally {
    for (const context of contexts) await context.close();
    await wire.stop();
  }
}

export const countdownShow = `
title = "Essai"
language = "fr"
tables = 4
[venue]
face_size = "320x180"
[opening]
round = true
[[question]]
text = "Que faut-il changer ?"
minutes = 30
[[source]]
name = "noir"
url = "lavfi:color=c=black:s=320x180:r=10"
`;
