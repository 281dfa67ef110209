// Words for the things of the show that pages share: faces, states of sources, where the wall stands.
import { dictionary } from './i18n';
import type { Placement } from './protocol';

export const names = dictionary(
  {
    north: 'Nord', east: 'Est', south: 'Sud', west: 'Ouest',
    live: 'En direct', connecting: 'Connexion…', stalled: 'Figée', lost: 'Perdue', refused: 'Refusée', unknown: 'Inconnu',
    off: 'Sans', over: "Sur l'image", beside: 'À côté', full: 'Seul',
  },
  {
    north: 'North', east: 'East', south: 'South', west: 'West',
    live: 'Live', connecting: 'Connecting…', stalled: 'Frozen', lost: 'Lost', refused: 'Refused', unknown: 'Unknown',
    off: 'None', over: 'Over', beside: 'Beside', full: 'Alone',
  },
);

export const placements: readonly Placement[] = ['off', 'over', 'beside', 'full'];

// The word for a name, or the name itself when the show calls it something else.
export const called = (t: object, name: string): string => (t as Readonly<Record<string, string>>)[name] ?? name;

export type Grade = 'good' | 'warn' | 'bad';

export const gradeOfSource = (state: string): Grade =>
  state === 'live' ? 'good' : state === 'connecting' || state === 'stalled' ? 'warn' : 'bad';

export const gradeSigns: Record<Grade, string> = { good: '●', warn: '▲', bad: '✕' };
