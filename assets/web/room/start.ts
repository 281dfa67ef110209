// What a table's page and a phone's both run on.
import { Casts } from '../shared/casts';
import type { Connection } from '../shared/connection';
import { language } from '../shared/i18n';
import { Observable } from '../shared/observable';
import { keep, recall } from '../shared/storage';
import { feedsOf, type Feeds } from './feeds';
import { Outbox } from './outbox';
import { saidWords } from './said-words';
import { Sender } from './sender';
import { reason } from './words';

export interface Participant {
  outbox: Outbox;
  sender: Sender;
  casts: Casts;
  feeds: Feeds;
  told: Observable<string>; // why something was not taken
}

export async function participant(connection: Connection, table: number): Promise<Participant> {
  const outbox = new Outbox(table);
  await outbox.open();
  const sender = new Sender(connection, outbox);
  const slot = `casts:${table}`;
  const casts = new Casts(connection, { read: () => recall(slot), write: (text) => void keep(slot, text) });
  const told = new Observable('');
  casts.onRefused((_, outcome) => told.set(reason(saidWords[language.get()], outcome)));
  return { outbox, sender, casts, feeds: feedsOf(connection), told };
}
