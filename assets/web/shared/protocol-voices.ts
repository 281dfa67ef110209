// What pages are told, and say, about contributions and what becomes of them. Types only.
import type { ContributionKind } from './protocol-parts';

export type ContributionState = 'waiting' | 'shown' | 'gathered' | 'held' | 'retracted';
export type HoldReason = 'insult' | 'hate' | 'personal_data' | 'names_person' | 'advert' | 'unreadable' | 'repeated';
export type Flag = 'insult' | 'spelled_apart' | 'look_alike' | 'personal_data' | 'link';
export type Stance = 'agree' | 'disagree' | 'pass';
export type PollKind = 'single' | 'multiple' | 'yes_no' | 'dots' | 'ranking' | 'scale';

export interface Outcome {
  text: string;
  by: string;
}

// One's own contribution, as it stands now.
export interface OwnContribution {
  id: string;
  round: number;
  part: number; // the sub-question it answers, from 1; 0: the whole
  kind: ContributionKind;
  title: string; // may be empty
  text: string;
  sequence: number;
  late: boolean;
  state: ContributionState;
  hold: { reason: HoldReason; note: string; review_wanted: boolean } | null;
  proposal: string | null; // other words that a facilitator proposes
  edited: boolean;
  theme: number; // 0: under none
  theme_title: string;
  likes: number;
  outcome: Outcome | null; // its own, or its theme's
}

export interface FacilitatorContribution extends OwnContribution {
  table: number; // 0: a phone
  language: string;
  flags: Flag[];
  sent: string | null; // its first words, where they were changed
  approved: boolean;
  proposal_declined: boolean;
  at_ms: number;
  hold: { reason: HoldReason; note: string; review_wanted: boolean; by: string; confirmed_by: string } | null;
}

export interface Theme {
  number: number;
  title: string;
  size: number;
  outcome: Outcome | null;
}

export interface Weight {
  agree: number;
  disagree: number;
  pass: number;
}
export interface TensionSide {
  contribution: string | null;
  theme: number;
  title: string;
  text: string; // of a contribution
  kind: ContributionKind | '';
  table: number;
}
export interface Separation {
  side: number;
  table: number; // 0: `group` says who
  group: string;
  share: number;
  others: number;
  surety: number;
  voices: number;
}
export interface Tension {
  number: number;
  title: string;
  open: boolean; // weighed now
  shown: boolean; // false: a table proposed it
  by: string;
  sides: (TensionSide | null)[];
  weights: [Weight, Weight] | null;
  separations: Separation[];
}

export interface TermRule {
  word: string;
  act: 'merge' | 'hide' | 'rename';
  to: string;
}

export interface Deed {
  number: number;
  command: string;
  by: string;
  at_ms: number;
  undoes: number; // 0: none
  undone_by: number; // 0: nothing
  contributions: string[];
  themes: { number: number; title: string }[];
  tensions: number[];
  terms: string[];
}

export interface AudienceDoor {
  react: boolean;
  contribute: boolean;
}

export interface Consolidation {
  moderation: 'after' | 'before';
  themes: Theme[]; // the largest first
  tensions: Tension[];
  terms: TermRule[];
  held: Record<HoldReason, number>;
  waiting: number;
  contributions: number;
  spotlight: string | null;
  door: AudienceDoor;
  deeds: number;
  recent: Deed[]; // the newest first
}

export interface Poll {
  number: number;
  poll_kind: PollKind;
  text: string;
  options: string[];
  dots: number;
  steps: number;
  open: boolean;
  closed: boolean;
  results: boolean;
  choices: number;
  tally: { marks: number[]; voices: number; changed: number; most_in_second: number } | null;
}

// For tables and phones.
export interface Asks {
  door: AudienceDoor;
  groups: string[];
  tables: number;
  tensions: Tension[]; // weights: once closed
  polls: Poll[]; // open, or with results
}
export interface ShortContribution {
  id: string;
  table: number;
  round: number;
  kind: ContributionKind;
  title: string;
  text: string;
  theme: number;
  likes: number;
}
export interface Voices {
  newest: ShortContribution[]; // the newest first
  spotlight: ShortContribution | null;
  themes: Theme[];
  held: Record<HoldReason, number>;
  contributions: number;
  tables_heard: number;
}

// Who among the facilitators looks at what.
export interface Presence {
  name: string;
  contribution: string | null;
  theme: number;
}

// Contributions that seem to say the same, the strongest first: for a person to look at, nothing is gathered by itself.
export interface Suggestion {
  rung: 'exact' | 'fingerprint' | 'stems' | 'trigrams';
  score: number;
  contributions: string[];
}

export type VoiceMessage =
  | { type: 'suggestions'; suggestions: Suggestion[] }
  | { type: 'own_changed'; contributions: OwnContribution[] } // in the place of those of the same id
  | { type: 'asks'; asks: Asks }
  | { type: 'voices'; voices: Voices }
  | { type: 'contributions'; contributions: FacilitatorContribution[]; more: boolean } // likewise; more: others follow at once
  | { type: 'consolidation'; consolidation: Consolidation }
  | { type: 'presence'; people: Presence[] }
  | { type: 'history'; contribution: string; deeds: Deed[] };

// By tables and phones: the server adds who sends it.
export type OwnCommand =
  | { kind: 'revise'; contribution: string; text: string; title?: string }
  | { kind: 'retract'; contribution: string }
  | { kind: 'answer_proposal'; contribution: string; accept: boolean }
  | { kind: 'introduce'; profile: { table: number; group: string } }
  | { kind: 'like'; contribution: string; on: boolean }
  | { kind: 'weigh'; tension: number; side: number; stance: Stance }
  | { kind: 'vote'; poll: number; marks: number[] };

type Sides = { contribution?: string | null; theme?: number }[];
export type FacilitatorCommand =
  | { kind: 'approve'; contributions: string[] }
  | { kind: 'hold_back'; contributions: string[]; reason: HoldReason; note?: string }
  | { kind: 'release'; contributions: string[] }
  | { kind: 'ask_review'; contribution: string }
  | { kind: 'confirm_hold'; contribution: string }
  | { kind: 'propose_words'; contribution: string; text: string }
  | { kind: 'gather'; contributions: string[]; theme?: number; title?: string }
  | { kind: 'name_theme'; theme?: number; title: string }
  | { kind: 'merge_themes'; from: number; into: number }
  | { kind: 'remove_theme'; theme: number }
  | { kind: 'set_tension'; tension?: number; title?: string; sides: Sides }
  | { kind: 'open_tension'; tension: number; open: boolean }
  | { kind: 'remove_tension'; tension: number }
  | { kind: 'set_outcome'; contributions?: string[]; theme?: number; text: string }
  | { kind: 'set_term'; rule: TermRule }
  | { kind: 'remove_term'; word: string }
  | { kind: 'undo_deed'; deed: number }
  | { kind: 'set_moderation'; moderation: 'after' | 'before' }
  | { kind: 'set_spotlight'; contribution: string | null }
  | { kind: 'set_audience'; door: AudienceDoor };
export type PollCommand =
  | { kind: 'set_poll'; poll?: number; poll_kind: PollKind; text: string; options?: string[]; dots?: number; steps?: number }
  | { kind: 'open_poll'; poll: number }
  | { kind: 'close_poll'; poll: number; results: boolean }
  | { kind: 'remove_poll'; poll: number };
export type VoiceCommand = OwnCommand | FacilitatorCommand | PollCommand;

// Of facilitators: what they look at, and a contribution's story.
export type VoiceRequest =
  | { type: 'looking'; contribution: string | null; theme: number }
  | { type: 'history'; contribution: string };
