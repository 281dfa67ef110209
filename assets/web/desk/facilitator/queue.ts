// Which contributions are looked at, and in what order. Pure.
import type { ContributionKind, Deed, FacilitatorContribution, Presence } from '../../shared/protocol';

export const looks = ['unread', 'all', 'held', 'review', 'ungathered'] as const;
export type Look = (typeof looks)[number];

export interface Filter {
  look: Look;
  kind: ContributionKind | '';
  round: number; // 0: all
  table: string; // '': all
  theme: number; // 0: all
  text: string;
}
export const noFilter: Filter = { look: 'unread', kind: '', round: 0, table: '', theme: 0, text: '' };

type C = FacilitatorContribution;

export const most = 500; // in one command

export const inOrder = (a: C, b: C): number => a.sequence - b.sequence;
export const byMachine = (c: C): boolean => c.hold?.by === 'machine';

// How much it wants a person; 0: none has to look.
export function urgency(c: C): number {
  if (c.state === 'retracted') return 0;
  if (c.state === 'waiting') return c.flags.length > 0 ? 5 : 4;
  if (byMachine(c)) return 3;
  if (c.state === 'held' || c.approved) return 0;
  if (c.flags.length > 0) return 2;
  return c.state === 'gathered' ? 0 : 1;
}

export const wantsReview = (c: C): boolean => c.hold !== null && c.hold.review_wanted && c.hold.confirmed_by === '';

const inLook: Record<Look, (c: C) => boolean> = {
  unread: (c) => urgency(c) > 0,
  all: () => true,
  held: (c) => c.state === 'held',
  review: wantsReview,
  ungathered: (c) => c.theme === 0 && (c.state === 'shown' || c.state === 'waiting'),
};

// Without accents, capitals, marks and doubled spaces.
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const plains = new WeakMap<C, string>();
function plainOf(c: C): string {
  let made = plains.get(c);
  if (made === undefined) plains.set(c, (made = plain(`${c.title} ${c.text}`)));
  return made;
}

export function queueOf(list: readonly C[], filter: Filter): C[] {
  const words = plain(filter.text).split(' ').filter(Boolean);
  const chosen = list.filter(
    (c) =>
      inLook[filter.look](c) &&
      (filter.kind === '' || c.kind === filter.kind) &&
      (filter.round === 0 || c.round === filter.round) &&
      (filter.table === '' || c.table === Number(filter.table)) &&
      (filter.theme === 0 || c.theme === filter.theme) &&
      words.every((word) => plainOf(c).includes(word)),
  );
  return filter.look === 'unread' ? chosen.sort((a, b) => urgency(b) - urgency(a) || inOrder(a, b)) : chosen;
}

export function countsOf(list: readonly C[]): Record<Look, number> {
  const counts: Record<Look, number> = { unread: 0, all: 0, held: 0, review: 0, ungathered: 0 };
  for (const c of list) for (const look of looks) if (inLook[look](c)) counts[look]++;
  return counts;
}

// Of each contribution that others say in the same words: all of those.
export function sameWords(list: readonly C[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const c of list) {
    if (c.state === 'retracted' || c.state === 'held') continue;
    const words = plainOf(c);
    if (words === '') continue;
    const group = groups.get(words);
    if (group) group.push(c.id);
    else groups.set(words, [c.id]);
  }
  const out = new Map<string, readonly string[]>();
  for (const ids of groups.values()) if (ids.length > 1) for (const id of ids) out.set(id, ids);
  return out;
}

// Where the cursor is after the list changed: on the same one, else on what took its place.
export function follow(ids: readonly string[], cursor: string | null, at: number): string | null {
  if (cursor !== null && ids.includes(cursor)) return cursor;
  return ids[Math.min(Math.max(0, at), ids.length - 1)] ?? null;
}

export const between = (ids: readonly string[], one: string, other: string): readonly string[] => {
  const [a, b] = [ids.indexOf(one), ids.indexOf(other)];
  return a < 0 || b < 0 ? [other] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
};

// The names of others who look at it. Who shares one's name is another, once.
export function lookers(people: readonly Presence[], me: string): { contributions: ReadonlyMap<string, string>; themes: ReadonlyMap<number, string>; others: readonly Presence[] } {
  const own = people.findIndex((one) => one.name === me);
  const others = people.filter((_, at) => at !== own);
  const contributions = new Map<string, string>();
  const themes = new Map<number, string>();
  const add = <K>(map: Map<K, string>, key: K, name: string): void => void map.set(key, map.has(key) ? `${map.get(key) ?? ''}, ${name}` : name);
  for (const { name, contribution, theme } of others) {
    if (contribution !== null) add(contributions, contribution, name);
    if (theme !== 0) add(themes, theme, name);
  }
  return { contributions, themes, others };
}

const byTables: ReadonlySet<string> = new Set(['revise', 'retract', 'answer_proposal']);
export const canUndo = (deed: Deed): boolean => deed.undone_by === 0 && !byTables.has(deed.command);

// What Z takes back: the newest of one's own steps that still stands.
export const lastOwn = (recent: readonly Deed[], me: string): Deed | undefined =>
  recent.find((deed) => deed.by === me && deed.undoes === 0 && canUndo(deed));

// Those of a list's pieces that a window sees, with some beyond its edges.
export function windowOf(count: number, row: number, top: number, height: number, beyond = 6): [from: number, to: number] {
  const from = Math.max(0, Math.floor(top / row) - beyond);
  return [Math.min(from, count), Math.min(count, Math.ceil((top + height) / row) + beyond)];
}

export const label = (c: { title: string; text: string }, longest = 60): string => {
  const text = c.title || c.text;
  const letters = [...text];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('').trimEnd()}…` : text;
};
