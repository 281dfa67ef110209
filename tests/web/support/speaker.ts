// A table without a page: says things, hears what becomes of them.
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ContributionKind, FromServer, OwnContribution, ToServer } from '../../../assets/web/shared/protocol';
import { within } from './patience';

export class Speaker {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async at(show: { url: string; keys: Record<string, string> }, table: number): Promise<Speaker> {
    const socket = new WebSocket(`${show.url.replace(/^http/, 'ws')}/ws`, 'tribune', { origin: show.url });
    await once(socket, 'open');
    const speaker = new Speaker(socket);
    const welcomed = speaker.#hear('the welcome', (message) => (message.type === 'welcome' ? message : undefined));
    speaker.send({ type: 'hello', proto: 1, key: show.keys[`table/${table}`] ?? '', device: `speaker-${table}`, lang: 'fr' });
    await welcomed;
    return speaker;
  }

  send(message: ToServer): void {
    this.#socket.send(JSON.stringify(message));
  }

  // Resolves once it is on disk; refused for now, it is sent again.
  async say(text: string, kind: ContributionKind, title = ''): Promise<string> {
    const id = randomUUID();
    const send = (): void => this.send({ type: 'submit', id, round: 1, text, language: 'fr', kind, part: 0, ...(title && { title }) });
    const stored = this.#hear(`“${text}” to be stored`, (message) => {
      if (message.type === 'stored' && message.id === id) return id;
      if (message.type === 'refused' && message.id === id) {
        if (message.retry_after_ms === 0) throw new Error(message.code);
        setTimeout(send, message.retry_after_ms);
      }
      return undefined;
    });
    send();
    return stored;
  }

  changed(test: (own: OwnContribution) => boolean): Promise<OwnContribution> {
    return this.#hear('a change', (message) => (message.type === 'own_changed' ? message.contributions.find(test) : undefined));
  }

  close(): void {
    this.#socket.terminate();
  }

  #hear<T>(what: string, find: (message: FromServer) => T | undefined): Promise<T> {
    return within(new Promise<T>((resolve, reject) => {
      const look = (data: unknown, binary: boolean): void => {
        if (binary) return;
        try {
          const found = find(JSON.parse(String(data)) as FromServer);
          if (found === undefined) return;
          this.#socket.off('message', look);
          resolve(found);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      this.#socket.on('message', look);
    }), what);
  }
}
