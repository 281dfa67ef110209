// Carries kept answers to the server: in order, a few at a time, again and again under the same id until the
// server says stored or refused.
import type { Connection } from '../shared/connection';
import type { Outbox } from './outbox';

const resendAfter = 10_000; // with the line alive and no word for an answer

export const otherShow = 'other_show'; // our own code: the show began anew since the answer was written

export class Sender {
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #underWay = new Map<string, ReturnType<typeof setTimeout>>(); // sent, or waiting for its time

  constructor(connection: Connection, outbox: Outbox) {
    this.#connection = connection;
    this.#outbox = outbox;
    connection.link.subscribe((link) => {
      if (link === 'open') this.pump();
      else this.#forgetAll();
    });
    connection.onMessage((message) => {
      if (message.type === 'stored') {
        this.#settled(message.id);
        void outbox.received(message.id, message.sequence);
      } else if (message.type === 'refused' && message.id !== undefined) {
        this.#settled(message.id);
        if (message.retry_after_ms > 0) this.#later(message.id, message.retry_after_ms);
        else void outbox.refused(message.id, message.code, message.message);
      } else if (message.type === 'own') {
        const welcome = connection.welcome.get();
        if (welcome) void outbox.adopt(message.contributions, welcome.epoch, (message.left_out ?? 0) === 0);
      } else if (message.type === 'own_added') {
        const welcome = connection.welcome.get();
        if (welcome) void outbox.add([message.contribution], welcome.epoch);
      } else if (message.type === 'own_changed') {
        const welcome = connection.welcome.get();
        if (welcome) void outbox.add(message.contributions, welcome.epoch);
      }
      this.pump();
    });
  }

  pump(): void {
    const welcome = this.#connection.welcome.get();
    if (this.#connection.link.get() !== 'open' || !welcome) return;
    for (const answer of this.#outbox.answers.get()) {
      if (this.#underWay.size >= welcome.limits.in_flight) return;
      if (answer.state !== 'kept' || this.#underWay.has(answer.id)) continue;
      if (welcome.table && welcome.table !== answer.table) return; // the page is about to become that table's
      if (answer.epoch !== welcome.epoch) {
        void this.#outbox.refused(answer.id, otherShow, '');
        continue;
      }
      const { id, round, text, language, kind = 'idea', part = 0, title = '' } = answer;
      if (!this.#connection.send({ type: 'submit', id, round, text, language, kind, part, title })) return;
      this.#later(id, resendAfter);
    }
  }

  #later(id: string, wait: number): void {
    const again = (): void => {
      this.#underWay.delete(id);
      this.pump();
    };
    this.#underWay.set(id, setTimeout(again, wait));
  }

  #settled(id: string): void {
    clearTimeout(this.#underWay.get(id));
    this.#underWay.delete(id);
  }

  #forgetAll(): void {
    for (const timer of this.#underWay.values()) clearTimeout(timer);
    this.#underWay.clear();
  }
}
