// A table's answers, or a phone's (table 0), on this device. An answer is on disk before the page says "kept"; it leaves the state
// "kept" only by the server's word for its id.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { Observable } from '../shared/observable';
import type { OwnContribution, ContributionKind } from '../shared/protocol';

export type Epoch = string | number;

export interface Answer {
  id: string;
  table: number;
  epoch: Epoch;
  round: number;
  text: string;
  language: string;
  kind?: ContributionKind; // absent in answers kept by an older page: idea
  part?: number;
  title?: string;
  own?: OwnContribution; // how it stands, as the server said last
  state: 'kept' | 'received' | 'refused';
  sequence: number; // its place in the journal once received, 0 before
  code: string; // why it was refused
  message: string;
  made: number; // milliseconds on this device, for the order of what has no sequence yet
}

interface Schema extends DBSchema {
  answers: { key: string; value: Answer; indexes: { table: number } };
}

export const inOrder = (a: Answer, b: Answer): number =>
  (a.sequence || Infinity) - (b.sequence || Infinity) || a.made - b.made || (a.id < b.id ? -1 : 1);

// An older page kept what it knew as shown as a state of its own.
const today = (answer: Answer): Answer => ((answer.state as string) === 'shown' ? { ...answer, state: 'received' } : answer);

export class Outbox {
  readonly answers = new Observable<readonly Answer[]>([]);
  // False when this device cannot write to disk: answers are then held in memory only, and the page says so.
  readonly durable = new Observable(true);
  readonly #table: number;
  #database: IDBPDatabase<Schema> | null = null;

  constructor(table: number) {
    this.#table = table;
  }

  async open(): Promise<void> {
    try {
      this.#database = await openDB<Schema>('tribune', 1, {
        upgrade: (db) => db.createObjectStore('answers', { keyPath: 'id' }).createIndex('table', 'table'),
        terminated: () => this.durable.set(false),
      });
      this.answers.set((await this.#database.getAllFromIndex('answers', 'table', this.#table)).map(today).sort(inOrder));
      void navigator.storage?.persist?.();
    } catch {
      this.durable.set(false);
    }
  }

  has(id: string): boolean {
    return this.answers.get().some((answer) => answer.id === id);
  }

  // Resolves once the answer is flushed to disk (or, on a device that cannot, held in memory).
  async keep(answer: Answer): Promise<void> {
    await this.#write([answer], []);
    this.#show((all) => [...all.filter((a) => a.id !== answer.id), answer]);
  }

  async received(id: string, sequence: number): Promise<void> {
    await this.#change(id, { state: 'received', sequence });
  }

  async refused(id: string, code: string, message: string): Promise<void> {
    await this.#change(id, { state: 'refused', code, message });
  }

  async forget(id: string): Promise<void> {
    this.#show((all) => all.filter((a) => a.id !== id));
    await this.#write([], [id]);
  }

  // The server's list of this table's answers takes the place of what was known as received; a list that is not
  // whole only adds to what this show already said.
  async adopt(contributions: readonly OwnContribution[], epoch: Epoch, whole: boolean): Promise<void> {
    const theirs = contributions.map((c) => this.#of(c, epoch));
    const ids = new Set(theirs.map((a) => a.id));
    const isGone = (a: Answer): boolean =>
      a.state === 'received' && !ids.has(a.id) && (whole || a.epoch !== epoch);
    const gone = this.answers.get().filter(isGone);
    const goneIds = new Set(gone.map((a) => a.id));
    this.#show((all) => [...all.filter((a) => !ids.has(a.id) && !goneIds.has(a.id)), ...theirs]);
    await this.#write(theirs, [...goneIds]);
  }

  // New ones, or ones that changed.
  async add(contributions: readonly OwnContribution[], epoch: Epoch): Promise<void> {
    const answers = contributions.map((c) => this.#of(c, epoch));
    const ids = new Set(answers.map((a) => a.id));
    this.#show((all) => [...all.filter((a) => !ids.has(a.id)), ...answers]);
    await this.#write(answers, []);
  }

  #of(contribution: OwnContribution, epoch: Epoch): Answer {
    const { id, text, title, round, sequence, kind, part } = contribution;
    const known = this.answers.get().find((a) => a.id === id);
    return {
      id, table: this.#table, epoch, round, text, title, kind, part, sequence, own: contribution,
      language: known?.language ?? '',
      state: 'received',
      code: '', message: '',
      made: known?.made ?? 0,
    };
  }

  async #change(id: string, change: Partial<Answer>): Promise<void> {
    const answer = this.answers.get().find((a) => a.id === id);
    if (!answer || answer.own) return;
    const next = { ...answer, ...change };
    this.#show((all) => all.map((a) => (a.id === id ? next : a)));
    await this.#write([next], []);
  }

  #show(change: (all: readonly Answer[]) => readonly Answer[]): void {
    this.answers.set([...change(this.answers.get())].sort(inOrder));
  }

  async #write(put: readonly Answer[], remove: readonly string[]): Promise<void> {
    if (!this.#database || put.length + remove.length === 0) return;
    try {
      const transaction = this.#database.transaction('answers', 'readwrite', { durability: 'strict' });
      for (const answer of put) void transaction.store.put(answer);
      for (const id of remove) void transaction.store.delete(id);
      await transaction.done;
      this.durable.set(true);
    } catch {
      this.durable.set(false);
    }
  }
}
