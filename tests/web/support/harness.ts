// What the browser tests share: Debian's Chromium, the show under test (the stand-in, or a real `tribune run`
// named by TRIBUNE_URL and TRIBUNE_KEYS), a network that can be cut, and a director who opens rounds.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page, type WebSocketRoute } from 'playwright-core';
import { WebSocket } from 'ws';
import type { Command, CommandResult, FromServer } from '../../../assets/web/shared/protocol';
import { Mock } from './mock';
import { patience, within } from './patience';

export const shots = join(dirname(fileURLToPath(import.meta.url)), '../../../build/web-shots');

export const real = process.env['TRIBUNE_URL'];
export const onlyStandIn = real ? 'needs the stand-in server' : false;

export interface Show {
  url: string;
  keys: Record<string, string>;
  mock: Mock | null;
  stop(): Promise<void>;
}

export async function openShow(): Promise<Show> {
  if (real) {
    const keys = JSON.parse(readFileSync(process.env['TRIBUNE_KEYS'] ?? '', 'utf8')) as Record<string, string>;
    return { url: real.replace(/\/$/, ''), keys, mock: null, stop: () => Promise.resolve() };
  }
  const mock = await new Mock().start();
  return { url: mock.url, keys: mock.keys, mock, stop: () => mock.stop() };
}

export function standIn(show: Show): Mock {
  if (!show.mock) throw new Error('this test needs the stand-in');
  return show.mock;
}

// What the tests of a file all need: they end with it, at once, rather than each wait for the same.
export async function need<T>(begin: Promise<T>): Promise<T> {
  try {
    return await within(begin, 'the file to begin', 2 * patience);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

export const launch = (): Promise<Browser> =>
  need(chromium.launch({
    executablePath: '/usr/bin/chromium',
    timeout: patience,
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  }));

// The page's sockets, which a test can cut: open ones close, new ones die, until the network is back.
export class Network {
  readonly #routes = new Set<WebSocketRoute>();
  #up = true;
  #tries = 0;
  #waiting: { tries: number; resolve: () => void }[] = [];

  async over(context: BrowserContext): Promise<void> {
    await context.routeWebSocket('**/ws', (route) => {
      if (!this.#up) {
        this.#tries++;
        this.#waiting = this.#waiting.filter((w) => (this.#tries < w.tries ? true : (w.resolve(), false)));
        void route.close({ code: 4000 });
        return;
      }
      route.connectToServer();
      this.#routes.add(route);
    });
  }

  async cut(): Promise<void> {
    this.#up = false;
    this.#tries = 0;
    const open = [...this.#routes];
    this.#routes.clear();
    await Promise.all(open.map((route) => route.close({ code: 4000 })));
  }

  restore(): void {
    this.#up = true;
  }

  // Resolves when the page has tried so often in vain since the cut.
  failed(tries: number): Promise<void> {
    return this.#tries >= tries ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ tries, resolve }));
  }
}

export interface Seat {
  context: BrowserContext;
  page: Page;
  network: Network;
  complaints: string[]; // errors and breaches of the content security policy, as the browser logs them
}

export async function sit(
  browser: Browser, show: Show, path: string, key: string, options: BrowserContextOptions = {},
): Promise<Seat> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, colorScheme: 'light', ...options });
  context.setDefaultTimeout(patience);
  const network = new Network();
  await network.over(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${show.url}${path}#key=${show.keys[key] ?? ''}`);
  return { context, page, network, complaints };
}

// Commands from a desk without a page.
export class Director {
  readonly #socket: WebSocket;
  #requests = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async at(show: Show): Promise<Director> {
    const key = show.keys['director'] ?? show.keys['technician'] ?? '';
    const socket = new WebSocket(`${show.url.replace(/^http/, 'ws')}/ws`, 'tribune', { origin: show.url });
    await once(socket, 'open');
    const director = new Director(socket);
    const welcomed = director.#next((message) => message.type === 'welcome');
    socket.send(JSON.stringify({ type: 'hello', proto: 1, key, device: 'test-director', lang: 'fr' }));
    await welcomed;
    return director;
  }

  #next(test: (message: FromServer) => boolean): Promise<FromServer> {
    return within(new Promise((resolve, reject) => {
      const look = (data: unknown, binary: boolean): void => {
        if (binary) return;
        const message = JSON.parse(String(data)) as FromServer;
        if (!test(message)) return;
        this.#socket.off('message', look);
        resolve(message);
      };
      this.#socket.on('message', look);
      this.#socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    }), 'an answer to the director');
  }

  async command(command: Command): Promise<CommandResult> {
    const request = `director-${++this.#requests}`;
    const answered = this.#next((message) => message.type === 'result' && message.request === request);
    this.#socket.send(JSON.stringify({ type: 'command', request, command }));
    return (await answered) as CommandResult;
  }

  async open(text: string): Promise<void> {
    await this.command({ kind: 'set_question', text, language: 'fr', parts: [], length_ms: 0, close_at_end: false });
    await this.command({ kind: 'start_round' });
  }

  close(): void {
    this.#socket.terminate();
  }
}

export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}
