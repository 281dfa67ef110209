// A desk, or a table's or phone's device, without a page: it says what a test wants and remembers what it hears.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as passed } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Command, CommandResult, Consolidation, ContributionKind, FacilitatorContribution, FromServer, OwnContribution, ToServer } from '../../../assets/web/shared/protocol';
import type { Show } from './harness';
import { within } from './patience';

export class Hand {
  readonly #socket: WebSocket;
  readonly heard: FromServer[] = [];
  #requests = 0;
  #look: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, binary) => {
      if (binary) return;
      this.heard.push(JSON.parse(String(data)) as FromServer);
      this.#look();
    });
  }

  static async at({ url, keys }: Pick<Show, 'url' | 'keys'>, key: string, device = `hand-${key}`, more: object = {}): Promise<Hand> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, 'tribune', { origin: url });
    await once(socket, 'open');
    const hand = new Hand(socket);
    hand.send({ type: 'hello', proto: 1, key: keys[key] ?? '', device, lang: 'fr', ...more } as ToServer);
    await hand.hears((m) => m.type === 'welcome');
    return hand;
  }

  send(message: ToServer): void {
    this.#socket.send(JSON.stringify(message));
  }

  // The first message, past or to come, that passes.
  hears<M extends FromServer>(test: (message: FromServer) => message is M): Promise<M>;
  hears(test: (message: FromServer) => boolean): Promise<FromServer>;
  hears(test: (message: FromServer) => boolean): Promise<FromServer> {
    return within(
      new Promise((resolve) => {
        this.#look = () => {
          const found = this.heard.find(test);
          if (found) resolve(found);
        };
        this.#look();
      }),
      `a message like ${test.toString()}`,
    );
  }

  async tries(command: Command): Promise<CommandResult> {
    const request = `hand-${++this.#requests}`;
    this.send({ type: 'command', request, command });
    return (await this.hears((m) => m.type === 'result' && m.request === request)) as CommandResult;
  }

  async does(command: Command): Promise<void> {
    const { ok, code, message } = await this.tries(command);
    assert.ok(ok, `${command.kind}: ${code} ${message}`);
  }

  // The newest word on a contribution, of those a facilitator is told.
  contribution(text: string): FacilitatorContribution | undefined {
    return this.heard.flatMap((m) => (m.type === 'contributions' ? m.contributions : [])).reverse().find((c) => c.text === text);
  }

  async finds(text: string): Promise<FacilitatorContribution> {
    await this.hears((m) => m.type === 'contributions' && m.contributions.some((c) => c.text === text));
    return this.contribution(text) as FacilitatorContribution;
  }

  newest<T extends FromServer['type']>(type: T): Extract<FromServer, { type: T }> | undefined {
    return [...this.heard].reverse().find((m): m is Extract<FromServer, { type: T }> => m.type === type);
  }

  consolidation(): Consolidation {
    return this.newest('consolidation')?.consolidation as Consolidation;
  }

  // Waits for a state of things rather than for a message.
  until(so: () => boolean): Promise<FromServer> {
    return this.hears(() => so());
  }

  // A table's or phone's word, once it is on disk; refused for now, it is sent again when the server says.
  async says(text: string, kind: ContributionKind = 'idea'): Promise<string> {
    const id = randomUUID();
    for (;;) {
      const from = this.heard.length;
      this.send({ type: 'submit', id, round: 1, text, language: 'fr', kind, part: 0 });
      const answer = await this.hears((m) => this.heard.indexOf(m) >= from && (m.type === 'stored' || m.type === 'refused') && m.id === id);
      if (answer.type === 'stored') return id;
      assert.ok(answer.type === 'refused' && answer.retry_after_ms > 0, `“${text}” was refused`);
      await passed(answer.retry_after_ms);
    }
  }

  // What becomes of one's own from now on.
  async changes(test: (own: OwnContribution) => boolean): Promise<OwnContribution> {
    const from = this.heard.length;
    const found = await this.hears((m) => this.heard.indexOf(m) >= from && m.type === 'own_changed' && m.contributions.some(test));
    assert.ok(found.type === 'own_changed');
    return found.contributions.find(test) as OwnContribution;
  }

  leave(): void {
    this.#socket.terminate();
  }
}
