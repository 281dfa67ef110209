// What the server tells of questions, notices, seats, kinds of answers and the multiview; part of protocol.ts.
export interface Notice {
  text: string;
  at_ms: number;
  length_ms: number;
  on_faces: boolean;
}

// Who sits where; [person, …] a table.
export interface Seating {
  unit: 'people' | 'groups' | null; // null: nothing is planned
  sits: number; // the round of the plan that people sit in, from 0
  rounds: number;
  now: number[][] | null;
  next: number[][] | null; // null: the last round
}

export interface Question {
  text: string;
  language: string;
  parts: string[];
  length_ms: number; // 0: until it is closed
  close_at_end: boolean;
}

export interface RotationWish {
  unit: 'people' | 'groups';
  tables: number;
  seats: number;
  rounds: number;
  people: number; // 0: a full hall
  absent: number[];
  apart: number[][];
  together: number[][];
  scribes: boolean;
  seed: number;
}

export interface RotationView {
  wanted: boolean; // a plan is being made
  problem: string; // code: why the last one asked for could not be
  undo: boolean;
  plan: {
    wish: RotationWish;
    rounds: number;
    sits: number;
    people: number;
    fewest: number; // at a table now
    most: number;
    repeated_pairs: number;
  } | null;
}

export const contributionKinds = ['idea', 'question', 'means', 'criticism'] as const;
export type ContributionKind = (typeof contributionKinds)[number];

// What the control room sees: its cells' contents as chosen, empty where the show chooses.
export interface Multiview {
  layout: string;
  cells: string[];
  safe_areas: boolean;
  meters: boolean;
}

// What would be undone: what was done, to what, to which part of it, by whom.
export interface EditView {
  command: string;
  name: string;
  part: string;
  by: string;
}

// What a role can undo and bring back.
export interface EditsView {
  undo: EditView | null;
  redo: EditView | null;
}

// A view's recording, as its process sees it.
export interface RecordingHealth {
  view: string;
  state: 'starting' | 'ok' | 'failed';
  detail: string;
  file: string;
  seconds: number;
  bytes: number;
  frames: number;
  dropped: number;
  hours_left: number; // until the disk is full; 0: not known yet
}
