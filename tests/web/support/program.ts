// The real program, as `make build` leaves it, with a show and a data folder of its own.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Show } from './harness';
import { patience, within } from './patience';
import { readPng, type Picture } from './png';

export const tribune = process.env['TRIBUNE_PROGRAM'] ?? join(dirname(fileURLToPath(import.meta.url)), '../../../build/release/tribune');

export interface Contribution {
  id: string;
  table: number;
  text: string;
}

export class Program implements Show {
  readonly mock = null;
  url = '';
  obsUrl = '';
  keys: Record<string, string> = {};
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  private constructor(folder: string) {
    this.#folder = folder;
    this.#process = spawn(tribune, ['run', join(folder, 'show.toml'), '--data', this.data, '--port', '0', '--obs-port', '0', '--headless', '--painter', 'cpu'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#process, 'close');
    process.once('exit', () => this.#process.kill('SIGTERM'));
  }

  get data(): string {
    return join(this.#folder, 'data');
  }

  static async run(show: string): Promise<Program> {
    if (!existsSync(tribune)) throw new Error(`${tribune} is missing: run make build first.`);
    const folder = await mkdtemp(join(tmpdir(), 'tribune-web-'));
    await writeFile(join(folder, 'show.toml'), show);
    const program = new Program(folder);
    try {
      await within(program.#greeted(), 'the show to start', 2 * patience);
    } catch (error) {
      await program.stop();
      throw error;
    }
    program.keys = JSON.parse(await readFile(join(program.data, 'keys.json'), 'utf8')) as Record<string, string>;
    return program;
  }

  #greeted(): Promise<void> {
    return new Promise((resolve, reject) => {
      const hear = (bytes: Buffer): void => {
        this.#said += bytes.toString();
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(this.#said);
        if (!url || !this.#said.includes('Ctrl-C')) return;
        this.url = url[0];
        this.obsUrl = /ws:\/\/127\.0\.0\.1:\d+/.exec(this.#said)?.[0] ?? '';
        resolve();
      };
      this.#process.stdout?.on('data', hear);
      this.#process.stderr?.on('data', hear);
      this.#process.once('close', () => reject(new Error(`the show did not start:\n${this.#said}`)));
    });
  }

  async face(name: string): Promise<Picture> {
    const answer = await fetch(`${this.url}/api/faces/${name}.png`, { headers: { authorization: `Bearer ${this.keys['observer'] ?? ''}` } });
    if (!answer.ok) throw new Error(await answer.text());
    return readPng(Buffer.from(await answer.arrayBuffer()));
  }

  // Ends the show and reads what it kept.
  async contributions(): Promise<Contribution[]> {
    await this.#end();
    const { stdout } = await promisify(execFile)(tribune, ['export', this.data, '--format', 'json']);
    return (JSON.parse(stdout) as { contributions: Contribution[] }).contributions;
  }

  async #end(): Promise<void> {
    this.#process.kill('SIGTERM');
    await within(this.#ended, 'the show to end');
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.#folder, { recursive: true });
  }
}
