// The native protocol as the pages see it (docs/protocol.md). Types only: this file makes no code.
import type { ContributionKind, EditsView, Multiview, Notice, Question, RecordingHealth, RotationView, RotationWish, Seating } from './protocol-parts';
import type { AudienceDoor, OwnContribution, Poll, VoiceCommand, VoiceMessage, VoiceRequest } from './protocol-voices';

export * from './protocol-parts';
export * from './protocol-voices';

export type Json = null | boolean | number | string | Json[] | { [field: string]: Json };

export interface Limits {
  text_code_points: number;
  text_clusters: number;
  message_bytes: number;
  in_flight: number;
}

export interface Welcome {
  type: 'welcome';
  proto: number;
  role: string;
  name?: string; // the operator's, or the key's
  may?: string[]; // kinds of commands
  faces?: string[]; // that may be touched; none: all
  table?: number | null;
  epoch: string | number;
  show_ms: number;
  limits: Limits;
  retry_slot_ms: number;
}

// --- Views ------------------------------------------------------------------------------------------------

// Times in milliseconds of show time.
export interface OpenRound {
  number: number;
  question: string;
  language: string;
  parts: string[]; // sub-questions
  started_ms: number;
  length_ms: number | null; // planned, pauses left out; null: until it is closed
  paused_ms: number; // all pauses that are over
  paused_since_ms: number | null;
  close_at_end: boolean;
}

export interface RoomView {
  title: string;
  language: string;
  languages: string[];
  round: OpenRound | null;
  notice: Notice | null;
  warn_s: number[]; // so long before a round's end the tables are told
  bell_ms: number | null; // when it rang last
}

export interface Round extends OpenRound {
  open: boolean;
  item: number; // of the agenda; 0: typed live
  ended_ms: number;
  elapsed_ms: number; // of a closed one
  answers: number;
}

export type Placement = 'off' | 'over' | 'beside' | 'full';

// cut, mix, dip, move, one of the setup's shaders, or a stinger's clip.
export type TransitionName = string;

export interface Transition {
  name: TransitionName;
  length: number; // nanoseconds
  values?: { name: string; value: number[] }[];
}

// What a bus shows, or is on its way to; times in nanoseconds of show time.
export interface Bus {
  scene: string; // a scene's name, or a source's
  mix: { from: string; how: Transition; start: number; bar: number | null } | null;
}

export interface Fade {
  on: boolean;
  start: number; // nanoseconds of show time
  length: number;
}

// --- Scenes: shares of the scene's width and height, lengths in shares of its height -------------------------

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type LayerContent =
  | { kind: 'source'; source: string }
  | { kind: 'scene'; scene: string }
  | { kind: 'colour'; top: string; bottom: string }
  | { kind: 'text'; text: string; size: number; weight: number; align: 'left' | 'centre' | 'right'; colour: string }
  | { kind: 'wall' }
  | { kind: 'qr'; text: string }
  | { kind: 'board'; board: string; ring: boolean }
  | { kind: 'caption'; caption: string };

export interface ColourKey {
  kind: 'chroma' | 'luma';
  colour: string;
  similarity: number;
  smoothness: number;
  spill: number;
  invert: boolean;
}

export interface Layer {
  name: string;
  content: LayerContent;
  visible: boolean;
  place: Rect;
  crop: Rect;
  fit: 'fit' | 'fill' | 'stretch';
  rotation_deg: number;
  opacity: number;
  corner_radius: number;
  border_width: number;
  border_colour: string;
  blend: string;
  key: ColourKey | null;
}

export interface Scene {
  name: string;
  label: string;
  layers: Layer[];
}

// What is wanted of a clip; times in nanoseconds, `since` of show time.
export interface Transport {
  motion: 'cued' | 'playing' | 'paused';
  position: number;
  since: number;
  speed: number;
  in: number;
  out: number | null;
  loop: boolean;
  at_end: 'hold' | 'stop' | 'next';
  next: string;
  play_on_take: boolean;
  duration: number; // 0: not known, or a still
}

// --- Captions -----------------------------------------------------------------------------------------------

export interface LocalWords {
  fr: string;
  en: string;
}

export interface CaptionTemplate {
  name: string;
  label: LocalWords;
  slot: string; // captions of one slot take each other's place
  in_ms: number;
  out_ms: number;
  bell_ms: number; // seen only so long after each bell; 0: always
  fields: { name: string; label: LocalWords; usual: string }[];
}

export interface Caption {
  name: string;
  label: string;
  template: string;
  words: Record<string, string>;
}

export interface Countdown {
  on: boolean;
  ends: number | null; // nanoseconds of show time; null while it is held
  left: number; // nanoseconds, while it is held
  length: number;
}

// GET /api/media.
export interface MediaFile {
  name: string;
  bytes: number;
  duration_ms: number; // 0: a still
  width: number;
  height: number;
  frames_per_second: number;
  codec: string;
  code: string; // why it cannot be shown, empty when it can
  reason: string;
}
export interface MediaList {
  files: MediaFile[];
  left_out: number;
}

// --- The rundown: times in nanoseconds of show time -----------------------------------------------------------

export interface Step {
  wait_ms: number; // after the one before it; 0: together with it
  command: Command;
}
export const cueStarts = ['hand', 'after', 'ended', 'clock', 'show'] as const;
export interface CueTrigger {
  kind: (typeof cueStarts)[number];
  delay_ms: number; // after, ended
  at_s: number; // clock: since midnight; show: since the first cue went
}
export interface RundownCue {
  number: string;
  label: string;
  note: string;
  colour: string | null; // #rrggbbaa
  start: CueTrigger;
  steps: Step[];
}
export interface Macro {
  name: string;
  label: string;
  steps: Step[];
}
export interface RundownView {
  cues: RundownCue[];
  macros: Record<string, Macro>;
  current: string; // the cue that went last, empty: none yet
  since: number; // when it went
  begun: number | null; // when the first one went
  next: string | null; // what GO carries out
  chosen: boolean; // that was chosen by hand
  due: number | null; // when it goes by itself
  hold: boolean;
  in_hand: string; // who had it in hand last
  runs: { cue: string; macro: string; by: string; step: number; steps: number; due: number }[];
  recording: { macro: string; by: string; timing: boolean; own_only: boolean; full: boolean; steps: number } | null;
  fault: { cue: string; macro: string; code: string; message: string; at: number } | null;
}

// --- Controllers --------------------------------------------------------------------------------------------

export interface Control {
  surface: string;
  kind: 'note' | 'cc' | 'cc14' | 'bend' | 'program';
  channel: number;
  number: number;
}
export const controlModes = ['button', 'fader', 'encoder', 'encoder_sign', 'encoder_offset'] as const;
export type ControlMode = (typeof controlModes)[number];
export interface Binding {
  control: Control;
  mode: ControlMode;
  action: string;
  target?: string;
  faces?: string[];
}

// Somebody's command as it was carried out; faces null: it is not about faces.
export interface Move {
  name: string;
  role: string;
  command: string;
  subject: string;
  faces: string[] | null;
  show_ms: number;
}

export interface DeskView {
  title: string;
  language: string;
  languages: string[];
  revision: number;
  setup: {
    faces: { name: string; width: number; height: number }[];
    sources: { name: string; label: string; url?: string; file?: boolean; media?: string; added?: boolean }[];
    media?: string; // the folder of the media bin
    outputs: { name: string; face: string; kind: string; display?: string; feed?: string; view?: string }[];
    tables: number;
    rate: { numerator: number; denominator: number };
    surfaces?: { name: string; device: string }[];
    transitions: { name: TransitionName; parameters: { name: string; type: string; value: number[] }[] }[];
    stingers?: { source: string; cut_ms: number }[];
    caption_templates?: CaptionTemplate[];
    people?: { name: string; role: string }[];
    faults?: { file: string; code: string; message: string }[]; // files that were left out
  };
  multiview?: { layouts: string[]; cells: { place: Rect; shows: string }[] };
  bindings?: Binding[]; // what controls of controllers do
  scenes: { list: Record<string, Scene> };
  rundown: RundownView;
  edits: { producer: EditsView; director: EditsView };
  captions?: Caption[]; // in the order that they are brought on
  stage: {
    program: Bus;
    preview: string;
    transition: Transition;
    black: Fade;
    overlays: { scene: string; faces: string[]; shown: Fade }[];
    faces: Record<string, { own: Bus | null; wall: Placement }>;
    media: Record<string, Transport>;
    sound: SoundDesk;
    countdown?: Countdown;
    multiview?: Multiview;
    recordings?: { view: string; since: number }[];
  };
  room: {
    prepared: Question;
    prepared_item: number; // of the agenda; 0: typed live
    agenda: { item: number; question: Question }[];
    rounds: Round[];
    notice: Notice | null;
    notices: { warn_s: number[]; on_faces: boolean };
    rotation: RotationView;
    polls: Poll[];
    door: AudienceDoor;
    moderation: 'after' | 'before';
    waiting: number; // contributions that nobody read yet, and that are not shown before
    answers: number;
    tables_heard: number;
  };
}

// --- What is, as against what is wanted -------------------------------------------------------------------

export interface Size {
  width: number;
  height: number;
}

export interface SourceHealth {
  name: string;
  state: string;
  reason: string;
  code: string;
  size: Size;
  frames_per_second: number;
  wanted_frames_per_second: number;
  codec: string;
  sound?: string; // codec of its sound; empty when it has none
  frames: number;
  dropped: number;
  corrupt: number;
  reconnects: number;
  clip?: 'none' | 'cued' | 'playing' | 'paused' | 'ended';
  position?: number; // nanoseconds
  duration?: number;
}

export interface SourceSeen {
  name: string;
  frame_age_ms: number;
  skipped: number;
}

export interface FaceHealth {
  name: string;
  size: Size;
  shows: string;
  frame_index: number;
  frames_per_second: number;
  words: number;
  wall_pages: number;
}

export interface OutputHealth {
  name: string;
  face: string;
  kind: string;
  state: string;
  detail: string;
  frames: number;
  view?: string; // instead of a face
}

export interface ProcessHealth {
  name: string;
  pid: number;
  state: string;
  restarts: number;
  up_seconds: number;
  memory_kb: number;
  descriptors: number;
  threads: number;
}

export interface Actual {
  sources: SourceHealth[];
  seen: SourceSeen[];
  faces: FaceHealth[];
  outputs: OutputHealth[];
  processes: ProcessHealth[];
  render: {
    painter: string;
    frames: number;
    late: number;
    failed: number;
    frame_ms: number;
    longest_gap_ms: number;
    transitions?: { name: string; code: string; message: string }[];
  };
  journal: {
    storage_ok: boolean;
    reason: string;
    sequence: number;
    commits: number;
    records: number;
    commit_ms_p99: number;
    refused_busy: number;
  };
  net: { clients: number; tables: number; messages_in: number; refused: number; culled: number };
  sound?: { name: string; bus: string; kind: string; state: string; detail: string }[];
  recordings?: RecordingHealth[];
  surfaces?: { name: string; kind: string; state: string; detail: string; messages: number; malformed: number; dropped: number }[];
  surface_faults?: { from: string; code: string; message: string; count: number; unix_ms: number }[]; // the newest first
}

// --- Messages ---------------------------------------------------------------------------------------------

export const soundFollows = ['off', 'with', 'always'] as const;
export type SoundFollow = (typeof soundFollows)[number];

export interface SoundChannel {
  gain_db: number;
  mute: boolean;
  solo: boolean;
  pan: number; // -1 left, 1 right
  delay_ms: number;
  follow: SoundFollow;
}

export interface SoundDesk {
  channels: Record<string, SoundChannel>; // those that were touched
  master: { gain_db: number; mute: boolean; limiter: boolean };
  bell: number | null;
}

// Some ten times a second; -120 is silence, or nothing to say.
export interface SoundLevels {
  channels: {
    source: string;
    sounding: boolean;
    peak_left_db: number;
    peak_right_db: number;
    presence: number;
  }[];
  master_left_db: number;
  master_right_db: number;
  limiter_db: number;
  momentary_lufs: number;
  short_term_lufs: number;
  integrated_lufs: number;
  true_peak_db: number;
}

export type Command =
  | { kind: 'cut'; scene: string; faces: string[] }
  | { kind: 'follow'; faces: string[] }
  | { kind: 'preview'; scene: string }
  | { kind: 'take'; faces: string[]; transition?: TransitionName; length_ms?: number }
  | { kind: 'set_transition'; transition: TransitionName; length_ms: number; values?: { name: string; value: number[] }[] }
  | { kind: 'move_t_bar'; position: number }
  | { kind: 'fade_to_black'; down: boolean; length_ms: number }
  | { kind: 'swap_faces'; one: string; other: string }
  | { kind: 'set_overlay'; scene: string; on: boolean; length_ms?: number; faces?: string[] }
  | { kind: 'set_scene'; name: string; label?: string; layers: Layer[]; glide_ms?: number }
  | { kind: 'remove_scene'; name: string }
  | { kind: 'set_layer'; scene: string; layer: Layer; glide_ms?: number }
  | { kind: 'arrange_scene'; scene: string; layout: string; glide_ms?: number }
  | { kind: 'set_channel'; source: string; gain_db?: number; mute?: boolean; solo?: boolean; pan?: number; delay_ms?: number; follow?: SoundFollow }
  | { kind: 'set_master'; gain_db?: number; mute?: boolean; limiter?: boolean }
  | { kind: 'ring_bell' }
  | { kind: 'set_caption'; name: string; label?: string; template?: string; words?: Record<string, string>; before?: string }
  | { kind: 'remove_caption'; name: string }
  | { kind: 'show_caption'; name: string; on: boolean; faces?: string[] }
  | { kind: 'next_caption'; back?: boolean }
  | { kind: 'start_countdown'; length_ms: number }
  | { kind: 'hold_countdown'; held: boolean }
  | { kind: 'extend_countdown'; by_ms: number }
  | { kind: 'stop_countdown' }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'cue'; sources: string[]; position_ms?: number }
  | { kind: 'play' | 'pause'; sources: string[] }
  | {
      kind: 'set_clip';
      source: string;
      in_ms?: number;
      out_ms?: number;
      speed?: number;
      loop?: boolean;
      at_end?: Transport['at_end'];
      next?: string;
      play_on_take?: boolean;
    }
  | { kind: 'set_cue'; cue: RundownCue; was?: string; before?: string }
  | { kind: 'move_cue'; cue: string; before?: string }
  | { kind: 'remove_cue'; cue: string }
  | { kind: 'go'; cue?: string }
  | { kind: 'back' }
  | { kind: 'stand_by'; cue?: string }
  | { kind: 'hold_cues'; on: boolean }
  | { kind: 'set_macro'; macro: Macro; was?: string }
  | { kind: 'remove_macro'; macro: string }
  | { kind: 'run_macro'; macro: string }
  | { kind: 'stop_macro'; macro?: string }
  | { kind: 'record_macro'; macro: string; label?: string; timing?: boolean; own_only?: boolean }
  | { kind: 'stop_recording'; keep?: boolean }
  | { kind: 'together'; commands: Command[] } // on one frame: all or none
  | { kind: 'add_source'; name: string; label?: string; file?: string; url?: string; loop?: boolean }
  | { kind: 'remove_source'; name: string }
  | { kind: 'set_stinger'; source: string; cut_ms?: number }
  | { kind: 'remove_stinger'; source: string }
  | { kind: 'set_multiview'; layout?: string; cells?: string[]; safe_areas?: boolean; meters?: boolean }
  | { kind: 'place_wall'; placement: Placement; faces: string[] }
  | { kind: 'bind_control'; binding: Binding }
  | { kind: 'unbind_control'; control: Control }
  | ({ kind: 'set_question'; item?: number } & Question)
  | { kind: 'start_round'; length_ms?: number }
  | { kind: 'pause_round' }
  | { kind: 'resume_round' }
  | { kind: 'extend_round'; by_ms: number; close_at_end?: boolean }
  | { kind: 'set_agenda_item'; item?: number; question: Question }
  | { kind: 'remove_agenda_item'; item: number }
  | { kind: 'move_agenda_item'; item: number; to: number }
  | { kind: 'show_notice'; text: string; length_ms?: number; on_faces?: boolean }
  | { kind: 'plan_rotation'; wish: RotationWish; anew?: boolean }
  | { kind: 'change_tables' }
  | { kind: 'undo_rotation' }
  | { kind: 'start_record'; view?: string }
  | { kind: 'stop_record'; view?: string }
  | { kind: 'stop_round' }
  | VoiceCommand;

// By their number in a picture's message.
export const pictureKinds = ['face', 'source', 'view'] as const; // views: show/views.hpp
export type PictureKind = (typeof pictureKinds)[number];

export interface PictureWish {
  kind: PictureKind;
  name: string;
  width: number;
}

export type ToServer =
  | { type: 'hello'; proto: 1; key: string; device: string; lang: string; table?: number; nick?: string }
  | { type: 'submit'; id: string; round: number; text: string; language: string; kind: ContributionKind; part: number; title?: string }
  | VoiceRequest
  | { type: 'own' }
  | { type: 'command'; request: string; command: Command }
  | { type: 'pictures'; want: PictureWish[]; fps: number }
  | { type: 'seen'; picture: number }
  | { type: 'learn'; on: boolean }
  | { type: 'clock'; t: number };

export interface CommandResult {
  type: 'result';
  request: string;
  ok: boolean;
  code: string;
  message: string;
  revision: number;
}

export interface Refused {
  type: 'refused';
  id?: string;
  code: string;
  message: string;
  retry_after_ms: number;
}

// Which sources are seen, by name: on these faces, and by the next take.
export type Lights = Record<string, { program: string[]; preview: boolean }>;

export type FromServer =
  | Welcome
  | { type: 'state'; revision: number; view: Json }
  | { type: 'seating'; seating: Seating }
  | { type: 'stored'; id: string; sequence: number }
  | Refused
  | CommandResult
  | { type: 'own'; contributions: OwnContribution[]; left_out?: number }
  | { type: 'own_added'; contribution: OwnContribution }
  | VoiceMessage
  | { type: 'actual'; actual?: Actual }
  | ({ type: 'levels' } & SoundLevels)
  | { type: 'tally'; lights: Lights }
  | { type: 'moves'; moves: Move[] } // the newest first
  | { type: 'touched'; control: Control; mode: ControlMode }
  | { type: 'clock'; t: number; show_ms: number }
  | { type: 'error'; code: string; message: string };
