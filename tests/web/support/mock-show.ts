// The stand-in's show, and its views as the server's codec writes them.
import { noScenes, type SceneBook } from './mock-scenes';
import type { Actual, Bus, DeskView, Placement, RoomView, Round } from '../../../assets/web/shared/protocol';

export interface MockState {
  revision: number;
  title: string;
  language: string;
  sources: { name: string; label: string }[];
  program: Bus;
  preview: string;
  transition: DeskView['stage']['transition'];
  black: DeskView['stage']['black'];
  faces: Record<string, { own: Bus | null; wall: Placement }>;
  scenes: SceneBook;
  overlays: DeskView['stage']['overlays'];
  prepared: string;
  preparedLanguage: string;
  rounds: Round[];
  dead: string[]; // sources without a picture
  lostOutput: string;
  diskFull: boolean;
}

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
  faces: {
    north: { own: null, wall: 'over' }, east: { own: null, wall: 'over' },
    south: { own: on('cam3'), wall: 'over' }, west: { own: null, wall: 'full' },
  },
  scenes: noScenes(),
  overlays: [],
  prepared: "Qu'est-ce qui rendrait votre immeuble plus agréable à vivre ?",
  preparedLanguage: 'fr',
  rounds: [],
  dead: [],
  lostOutput: '',
  diskFull: false,
});

export function openRound(state: MockState, now: number): void {
  for (const round of state.rounds) if (round.open) Object.assign(round, { open: false, ended_ms: now });
  state.rounds.push({
    number: state.rounds.length + 1, question: state.prepared, language: state.preparedLanguage,
    open: true, started_ms: now, ended_ms: 0, answers: 0,
  });
}

export function roomViewOf(state: MockState): RoomView {
  const open = state.rounds.find((round) => round.open);
  return {
    title: state.title, language: state.language, languages: ['fr', 'en'],
    round: open ? { number: open.number, question: open.question, language: open.language, started_ms: open.started_ms } : null,
  };
}

export const deskViewOf = (state: MockState, answers: number, heard: number): DeskView => ({
  title: state.title, language: state.language, languages: ['fr', 'en'], revision: state.revision,
  setup: {
    faces: Object.keys(state.faces).map((name) => ({ name, width: 960, height: 540 })),
    sources: state.sources,
    outputs: Object.keys(state.faces).map((name) => ({ name: `ecran-${name}`, face: name, kind: 'window', display: '' })),
    tables: 24, rate: { numerator: 30, denominator: 1 }, transitions: [],
  },
  scenes: { list: state.scenes.list, undo: state.scenes.done.at(-1)?.scene ?? null, redo: state.scenes.undone.at(-1)?.scene ?? null },
  stage: { program: state.program, preview: state.preview, transition: state.transition, black: state.black, overlays: state.overlays, faces: state.faces },
  room: { prepared_question: state.prepared, prepared_language: state.preparedLanguage, rounds: state.rounds, answers, tables_heard: heard },
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
      codec: dead(name) ? '' : 'h264', frames: 128_130, dropped: name === 'film' ? 3 : 0, corrupt: 0, reconnects: dead(name) ? 14 : 0,
    })),
    seen: state.sources.map(({ name }, at) => ({ name, frame_age_ms: dead(name) ? 92_000 : 18 + at * 7, skipped: 0 })),
    faces: Object.keys(state.faces).map((name) => ({ name, size, shows: shown(name), frame_index: 128_040, frames_per_second: 30, words: 214, wall_pages: 2 })),
    outputs: Object.keys(state.faces).map((name) => ({
      name: `ecran-${name}`, face: name, kind: 'window', state: state.lostOutput === name ? 'lost' : 'ok',
      detail: state.lostOutput === name ? 'HDMI-3 is unplugged' : 'HDMI 1920 × 1080', frames: 128_040,
    })),
    processes: [process('engine', 2101, 48_200), process('render', 2107, 231_400), process('net', 2109, 31_900),
      ...state.sources.slice(0, 4).map(({ name }, at) => process(`capture/${name}`, 2120 + at, 62_000))],
    render: { painter: 'cpu (libyuv)', frames: 128_040, late: 12, failed: 0, frame_ms: 11.4, longest_gap_ms: 35.2 },
    journal: { storage_ok: !state.diskFull, reason: state.diskFull ? 'Nothing can be written: the disk is full. Free some space.' : '', sequence: 1840 + answers, commits: 611, records: 1840 + answers, commit_ms_p99: 6.2, refused_busy: 0 },
    net: { clients: tables + 3, tables, messages_in: 20_412, refused: 0, culled: 0 },
  };
}
