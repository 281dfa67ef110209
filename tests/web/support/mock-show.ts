// The stand-in's show, and its views as the server's codec writes them.
import { noRundown } from './mock-rundown';
import type { Actual, Bus, Caption, Command, Countdown, DeskView, MediaList, Multiview, Notice, Placement, RoomView, Round, Step, Transport } from '../../../assets/web/shared/protocol';
import { captionTemplates, openingCaptions, people } from './mock-captions';
import { noScenes, type SceneBook } from './mock-scenes';

export interface MockState {
  revision: number;
  title: string;
  language: string;
  sources: DeskView['setup']['sources'];
  program: Bus;
  preview: string;
  transition: DeskView['stage']['transition'];
  black: DeskView['stage']['black'];
  faces: Record<string, { own: Bus | null; wall: Placement }>;
  media: Record<string, Transport>;
  bindings: NonNullable<DeskView['bindings']>;
  stingers: { source: string; cut_ms: number }[];
  multiview: Multiview;
  bin: MediaList;
  scenes: SceneBook;
  overlays: DeskView['stage']['overlays'];
  captions: Caption[];
  countdown: Countdown;
  faults: NonNullable<DeskView['setup']['faults']>;
  prepared: string;
  preparedLanguage: string;
  preparedParts: string[];
  preparedLength: number;
  notice: Notice | null;
  rounds: Round[];
  dead: string[]; // sources without a picture
  lostOutput: string;
  diskFull: boolean;
  sound: DeskView['stage']['sound'];
  rundown: DeskView['rundown'];
  recorded?: Step[];
  recordedLabel?: string;
}

// Two of the shaders that ship.
const transitions: DeskView['setup']['transitions'] = [
  { name: 'push', parameters: [{ name: 'direction', type: 'vec2', value: [1, 0] }] },
  { name: 'soft_wipe', parameters: [{ name: 'angle', type: 'float', value: [0] }, { name: 'softness', type: 'float', value: [0.15] }] },
];

export const on = (source: string): Bus => ({ scene: source, mix: null });

export const opening = (): MockState => ({
  revision: 12,
  title: 'Habiter ensemble',
  language: 'fr',
  sources: [
    { name: 'cam1', label: 'Plateau large' },
    { name: 'cam2', label: 'Tables nord' },
    { name: 'cam3', label: 'Tables sud' },
    { name: 'cam4', label: 'Animatrice' },
    { name: 'film', label: "Film d'ouverture" },
    { name: 'mire', label: 'Mire' },
  ],
  program: on('cam1'),
  preview: 'cam2',
  transition: { name: 'mix', length: 1e9 },
  black: { on: false, start: 0, length: 0 },
  sound: { channels: {}, master: { gain_db: 0, mute: false, limiter: true }, bell: null },
  faces: {
    north: { own: null, wall: 'over' }, east: { own: null, wall: 'over' },
    south: { own: on('cam3'), wall: 'over' }, west: { own: null, wall: 'full' },
  },
  media: {
    film: {
      motion: 'cued', position: 0, since: 0, speed: 1, in: 0, out: null, loop: false, at_end: 'hold', next: '',
      play_on_take: true, duration: 95e9,
    },
  },
  bindings: [],
  stingers: [],
  multiview: { layout: 'all', cells: [], safe_areas: true, meters: true },
  bin: {
    files: [
      { name: 'Générique.mp4', bytes: 5_400_000, duration_ms: 12_000, width: 1920, height: 1080, frames_per_second: 25, codec: 'h264', code: '', reason: '' },
      { name: 'abîmé.mov', bytes: 4000, duration_ms: 0, width: 0, height: 0, frames_per_second: 0, codec: '', code: 'not_media', reason: 'This is no video.' },
    ],
    left_out: 0,
  },
  scenes: noScenes(),
  overlays: [],
  captions: openingCaptions(),
  countdown: { on: false, ends: null, left: 0, length: 0 },
  faults: [],
  prepared: "Qu'est-ce qui rendrait votre immeuble plus agréable à vivre ?",
  preparedLanguage: 'fr',
  preparedParts: [],
  preparedLength: 0,
  notice: null,
  rounds: [],
  dead: [],
  lostOutput: '',
  diskFull: false,
  rundown: noRundown(),
});

// What a command does to the clips; false when it is not for them.
export function applyToMedia(state: MockState, command: Command, now: number): boolean {
  if (command.kind === 'cue' || command.kind === 'play' || command.kind === 'pause') {
    for (const name of command.sources) {
      const t = state.media[name];
      if (!t) continue;
      const position = t.motion === 'playing' ? t.position + (now - t.since) * t.speed : t.position;
      if (command.kind === 'cue') Object.assign(t, { motion: 'cued', position: (command.position_ms ?? t.in / 1e6) * 1e6 });
      else Object.assign(t, { motion: command.kind === 'play' ? 'playing' : 'paused', position });
      t.since = now;
    }
  } else if (command.kind === 'set_clip') {
    const { in_ms, out_ms, ...rest } = command;
    const t = state.media[command.source];
    if (t) Object.assign(t, rest, in_ms === undefined ? {} : { in: in_ms * 1e6 }, out_ms === undefined ? {} : { out: out_ms * 1e6 || null });
  } else if (command.kind === 'add_source') {
    state.sources.push({ name: command.name, label: command.label ?? command.name, added: true, ...(command.file ? { media: command.file } : {}) });
  } else if (command.kind === 'set_stinger') {
    const was = state.stingers.find(({ source }) => source === command.source);
    state.stingers = [...state.stingers.filter((one) => one !== was), { source: command.source, cut_ms: command.cut_ms ?? was?.cut_ms ?? 500 }];
  } else if (command.kind === 'remove_stinger') {
    state.stingers = state.stingers.filter(({ source }) => source !== command.source);
  } else if (command.kind === 'set_multiview') {
    const { layout, cells, safe_areas, meters } = { ...state.multiview, ...command };
    state.multiview = { layout, cells, safe_areas, meters };
  } else if (command.kind === 'remove_source') {
    state.sources = state.sources.filter((s) => s.name !== command.name);
  } else {
    return false;
  }
  return true;
}

export function openRound(state: MockState, now: number): void {
  for (const round of state.rounds) if (round.open) Object.assign(round, { open: false, ended_ms: now });
  state.rounds.push({
    number: state.rounds.length + 1, question: state.prepared, language: state.preparedLanguage,
    open: true, started_ms: now, ended_ms: 0, elapsed_ms: 0, answers: 0, item: 0, parts: state.preparedParts, paused_ms: 0, paused_since_ms: null,
    length_ms: state.preparedLength || null, close_at_end: false,
  });
}

export function roomViewOf(state: MockState): RoomView {
  const open = state.rounds.find((round) => round.open);
  return {
    title: state.title, language: state.language, languages: ['fr', 'en'],
    round: open ?? null, notice: state.notice, warn_s: [120], bell_ms: state.sound.bell === null ? null : state.sound.bell / 1e6,
  };
}

const editOf = (edits: SceneBook['done']): DeskView['edits']['producer']['undo'] => {
  const last = edits.at(-1);
  return last ? { command: 'set_scene', name: last.scene, part: '', by: 'producer' } : null;
};

export const deskViewOf = (state: MockState, answers: number, heard: number): DeskView => ({
  title: state.title, language: state.language, languages: ['fr', 'en'], revision: state.revision,
  setup: {
    faces: Object.keys(state.faces).map((name) => ({ name, width: 960, height: 540 })),
    sources: state.sources,
    outputs: Object.keys(state.faces).map((name) => ({ name: `ecran-${name}`, face: name, kind: 'window', display: '' })),
    tables: 24, rate: { numerator: 30, denominator: 1 }, transitions,
    caption_templates: captionTemplates, people, faults: state.faults, stingers: state.stingers,
  },
  multiview: {
    layouts: ['all', 'eight', 'program_large', 'faces'],
    cells: ['preview', 'program', 'scene/cam1', 'scene/cam2'].map((shows, at) => ({
      place: { x: (at % 2) / 2, y: Math.floor(at / 2) / 2, width: 0.5, height: 0.5 }, shows: state.multiview.cells[at] || shows,
    })),
  },
  bindings: state.bindings,
  scenes: { list: state.scenes.list },
  rundown: state.rundown,
  edits: { producer: { undo: editOf(state.scenes.done), redo: editOf(state.scenes.undone) }, director: { undo: null, redo: null } },
  captions: state.captions,
  stage: {
    program: state.program, preview: state.preview, transition: state.transition, black: state.black, overlays: state.overlays, faces: state.faces,
    media: state.media, multiview: state.multiview, sound: state.sound, countdown: state.countdown,
  },
  room: {
    prepared: { text: state.prepared, language: state.preparedLanguage, parts: state.preparedParts, length_ms: state.preparedLength, close_at_end: false },
    prepared_item: 0, agenda: [], rounds: state.rounds, notice: state.notice, notices: { warn_s: [120], on_faces: false },
    rotation: { wanted: false, problem: '', undo: false, plan: null }, answers, tables_heard: heard,
    polls: [], door: { react: true, contribute: false }, moderation: 'after', waiting: 0,
  },
});

export function actualOf(state: MockState, answers: number, tables: number): Actual {
  const size = { width: 960, height: 540 };
  const dead = (name: string): boolean => state.dead.includes(name);
  const shown = (name: string): string => {
    const { scene } = state.faces[name]?.own ?? state.program;
    return dead(scene) ? 'slate' : scene;
  };
  const process = (name: string, pid: number, memory: number) => ({
    name, pid, state: 'running', restarts: name === 'capture/cam2' ? 1 : 0, up_seconds: 4271, memory_kb: memory, descriptors: 24, threads: 5,
  });
  return {
    sources: state.sources.map(({ name }) => ({
      name, state: dead(name) ? 'lost' : 'live', reason: dead(name) ? 'Nobody answers at that address: is the sender on?' : '', code: dead(name) ? 'connection_refused' : '',
      size: dead(name) ? { width: 0, height: 0 } : { width: 1280, height: 720 }, frames_per_second: dead(name) ? 0 : 29.97, wanted_frames_per_second: dead(name) ? 0 : 30,
      codec: dead(name) ? '' : 'h264', sound: name === 'film' || name === 'cam1' ? 'aac' : '', frames: 128_130, dropped: name === 'film' ? 3 : 0, corrupt: 0, reconnects: dead(name) ? 14 : 0,
    })),
    seen: state.sources.map(({ name }, at) => ({ name, frame_age_ms: dead(name) ? 92_000 : 18 + at * 7, skipped: 0 })),
    faces: Object.keys(state.faces).map((name) => ({ name, size, shows: shown(name), frame_index: 128_040, frames_per_second: 30, words: 214, wall_pages: 2 })),
    outputs: Object.keys(state.faces).map((name) => ({
      name: `ecran-${name}`, face: name, kind: 'window', state: state.lostOutput === name ? 'lost' : 'ok',
      detail: state.lostOutput === name ? 'display HDMI-3 is not there' : 'HDMI-1, 1920×1080', frames: 128_040,
    })),
    processes: [process('engine', 2101, 48_200), process('render', 2107, 231_400), process('net', 2109, 31_900),
      ...state.sources.slice(0, 4).map(({ name }, at) => process(`capture/${name}`, 2120 + at, 62_000))],
    sound: [{ name: 'salle', bus: 'master', kind: 'device', state: 'ok', detail: 'HDMI' }],
    render: { painter: 'cpu (libyuv)', frames: 128_040, late: 12, failed: 0, frame_ms: 11.4, longest_gap_ms: 35.2 },
    journal: { storage_ok: !state.diskFull, reason: state.diskFull ? 'Nothing can be written: the disk is full. Free some space.' : '', sequence: 1840 + answers, commits: 611, records: 1840 + answers, commit_ms_p99: 6.2, refused_busy: 0 },
    net: { clients: tables + 3, tables, messages_in: 20_412, refused: 0, culled: 0 },
  };
}
