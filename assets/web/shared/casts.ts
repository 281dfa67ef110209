// What this device says of things – likes, weights, votes, changes to its own words: shown at once, kept on the device,
// and sent again until the server answers. The last word on an item wins; what is refused is taken back and told.
import type { Connection, Outcome } from './connection';
import { Observable } from './observable';
import type { OwnCommand } from './protocol';

export interface Cast {
  said: OwnCommand | null; // as the server took it
  wanted: OwnCommand | null; // not taken yet
}
export type CastMap = ReadonlyMap<string, Cast>;

export interface CastStore {
  read(): string | null;
  write(text: string): void;
}

type Line = Pick<Connection, 'link' | 'welcome' | 'command'>;
type Refused = (command: OwnCommand, outcome: Outcome) => void;

const atOnce = 4; // half of what a device may have under way: answers want their share
const again = 1000; // milliseconds, when the server asks to wait
const most = 3000; // items remembered; beyond, the oldest that wait for nothing are forgotten
const later: ReadonlySet<string> = new Set(['not_connected', 'no_answer', 'rate', 'busy', 'not_ready', 'storage_failed']);

// What a command is about: a later one about the same takes its place.
export function itemOf(command: OwnCommand): string {
  switch (command.kind) {
    case 'like': return `like/${command.contribution}`;
    case 'weigh': return `weigh/${command.tension}/${command.side}`;
    case 'vote': return `vote/${command.poll}`;
    case 'introduce': return 'introduce';
    case 'answer_proposal': return `proposal/${command.contribution}`;
    case 'revise':
    case 'retract': return `own/${command.contribution}`;
  }
}

// The server tells how one's own contributions stand: nothing of these is remembered once it was taken.
const remembered = (command: OwnCommand): boolean => !['revise', 'retract', 'answer_proposal'].includes(command.kind);

function isDone(command: OwnCommand, outcome: Outcome): boolean {
  return outcome.ok || (command.kind === 'retract' && outcome.code === 'retracted');
}

export class Casts {
  readonly all = new Observable<CastMap>(new Map());
  readonly #line: Line;
  readonly #store: CastStore;
  readonly #underWay = new Set<string>();
  readonly #listeners = new Set<Refused>();
  #epoch = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(line: Line, store: CastStore) {
    this.#line = line;
    this.#store = store;
    this.#recall();
    line.link.subscribe((link) => {
      if (link === 'open') this.#pump();
    });
    // Another show: what was said of the one before means nothing in it.
    line.welcome.subscribe((welcome) => {
      const epoch = String(welcome?.epoch ?? '');
      if (epoch === '' || epoch === this.#epoch) return;
      if (this.#epoch !== '') this.all.set(new Map());
      this.#epoch = epoch;
      this.#keep();
    });
  }

  onRefused(listener: Refused): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  say(command: OwnCommand): void {
    const item = itemOf(command);
    this.#set(item, { said: this.all.get().get(item)?.said ?? null, wanted: command });
    this.#pump();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    for (const [item, { wanted }] of this.all.get()) {
      if (this.#line.link.get() !== 'open' || this.#underWay.size >= atOnce) return;
      if (wanted === null || this.#underWay.has(item)) continue;
      this.#underWay.add(item);
      void this.#line.command(wanted).then((outcome) => this.#answered(item, wanted, outcome));
    }
  }

  #answered(item: string, sent: OwnCommand, outcome: Outcome): void {
    this.#underWay.delete(item);
    const cast = this.all.get().get(item);
    if (!cast) return; // another show by now
    const wanted = cast.wanted === sent ? null : cast.wanted;
    if (isDone(sent, outcome)) this.#set(item, { said: remembered(sent) ? sent : null, wanted });
    else if (later.has(outcome.code)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#pump(), again);
      return;
    } else {
      this.#set(item, { said: cast.said, wanted });
      for (const listener of this.#listeners) listener(sent, outcome);
    }
    this.#pump();
  }

  #set(item: string, cast: Cast): void {
    const all = new Map(this.all.get());
    all.delete(item); // the newest last
    if (cast.said !== null || cast.wanted !== null) all.set(item, cast);
    for (const [old, { wanted }] of all) {
      if (all.size <= most) break;
      if (wanted === null) all.delete(old);
    }
    this.all.set(all);
    this.#keep();
  }

  #keep(): void {
    this.#store.write(JSON.stringify({ epoch: this.#epoch, casts: [...this.all.get().values()] }));
  }

  #recall(): void {
    try {
      const kept = JSON.parse(this.#store.read() ?? 'null') as { epoch: string; casts: Cast[] } | null;
      if (!kept || !Array.isArray(kept.casts)) return;
      const all = new Map<string, Cast>();
      for (const { said, wanted } of kept.casts) {
        const command = wanted ?? said;
        if (command) all.set(itemOf(command), { said, wanted });
      }
      this.#epoch = String(kept.epoch);
      this.all.set(all);
    } catch {
      // What cannot be read was said by nobody.
    }
  }
}

// What this device said last of an item, taken by the server or not yet.
export function lastOf<K extends OwnCommand['kind']>(casts: CastMap, item: string, kind: K): Extract<OwnCommand, { kind: K }> | null {
  const cast = casts.get(item);
  const command = cast?.wanted ?? cast?.said ?? null;
  return command?.kind === kind ? (command as Extract<OwnCommand, { kind: K }>) : null;
}
export const isWaiting = (casts: CastMap, item: string): boolean => casts.get(item)?.wanted !== null && casts.has(item);
