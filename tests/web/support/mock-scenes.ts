// The stand-in's scenes: what the server does with them, in few words, and the lamps that follow from it.
import type { Bus, Command, Layer, Lights, Rect, Scene } from '../../../assets/web/shared/protocol';
import type { MockState } from './mock-show';

type Edit = { scene: string; before: Scene | null; after: Scene | null };

export interface SceneBook {
  list: Record<string, Scene>;
  done: Edit[];
  undone: Edit[];
}

export const noScenes = (): SceneBook => ({ list: {}, done: [], undone: [] });

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const whole = rect(0, 0, 1, 1);
const near = 0.05;
const far = 0.65;
const layouts: Record<string, Rect[]> = {
  full: [whole],
  side_by_side: [rect(0, 0, 0.5, 1), rect(0.5, 0, 0.5, 1)],
  corner_top_left: [whole, rect(near, near, 0.3, 0.3)],
  corner_top_right: [whole, rect(far, near, 0.3, 0.3)],
  corner_bottom_left: [whole, rect(near, far, 0.3, 0.3)],
  corner_bottom_right: [whole, rect(far, far, 0.3, 0.3)],
  three_up: [rect(0, 0, 2 / 3, 1), rect(2 / 3, 0, 1 / 3, 0.5), rect(2 / 3, 0.5, 1 / 3, 0.5)],
  quad: [rect(0, 0, 0.5, 0.5), rect(0.5, 0, 0.5, 0.5), rect(0, 0.5, 0.5, 0.5), rect(0.5, 0.5, 0.5, 0.5)],
  speaker_and_wall: [rect(0, 0, 0.4, 1), rect(0.4, 0, 0.6, 1)],
};

function put(book: SceneBook, name: string, scene: Scene | null): void {
  if (scene) book.list[name] = scene;
  else Reflect.deleteProperty(book.list, name);
}

function edit(book: SceneBook, name: string, after: Scene | null): string {
  book.done.push({ scene: name, before: book.list[name] ?? null, after });
  book.undone = [];
  put(book, name, after);
  return '';
}

function step(from: Edit[], to: Edit[], book: SceneBook, becomes: 'before' | 'after', nothing: string): string {
  const last = from.pop();
  if (!last) return nothing;
  put(book, last.scene, last[becomes]);
  to.push(last);
  return '';
}

const inUse = (state: MockState, name: string): boolean =>
  state.program.scene === name || state.preview === name || state.overlays.some((o) => o.scene === name && o.shown.on) ||
  Object.values(state.faces).some((face) => face.own?.scene === name);

// The code of what is wrong, '' when it is done; null for a command that is about something else.
export function applyToScenes(state: MockState, command: Command): string | null {
  const { scenes } = state;
  const layersOf = (name: string): Layer[] => scenes.list[name]?.layers ?? [];
  const withLayers = (name: string, layers: Layer[]): string => {
    const scene = scenes.list[name];
    return scene ? edit(scenes, name, { ...scene, layers }) : 'unknown_scene';
  };
  if (command.kind === 'set_scene') {
    if (state.sources.some((s) => s.name === command.name)) return 'bad_scene';
    return edit(scenes, command.name, { name: command.name, label: command.label ?? '', layers: command.layers });
  }
  if (command.kind === 'remove_scene') return inUse(state, command.name) ? 'scene_in_use' : edit(scenes, command.name, null);
  if (command.kind === 'set_layer') {
    if (!layersOf(command.scene).some((l) => l.name === command.layer.name)) return 'unknown_layer';
    return withLayers(command.scene, layersOf(command.scene).map((l) => (l.name === command.layer.name ? command.layer : l)));
  }
  if (command.kind === 'arrange_scene') {
    const places = layouts[command.layout];
    if (!places) return 'unknown_layout';
    return withLayers(command.scene, layersOf(command.scene).map((l, at) => ({ ...l, visible: at < places.length, place: places[at] ?? l.place })));
  }
  if (command.kind === 'undo') return step(scenes.done, scenes.undone, scenes, 'before', 'nothing_to_undo');
  if (command.kind === 'redo') return step(scenes.undone, scenes.done, scenes, 'after', 'nothing_to_redo');
  if (command.kind === 'set_overlay') {
    const others = state.overlays.filter((o) => o.scene !== command.scene);
    const faces = command.faces ?? [];
    state.overlays = command.on ? [...others, { scene: command.scene, faces, shown: { on: true, start: 0, length: 0 } }] : others;
    return '';
  }
  if (command.kind === 'swap_faces') {
    const [one, other] = [state.faces[command.one], state.faces[command.other]];
    if (!one || !other) return 'unknown_face';
    state.faces[command.one] = { own: other.own ?? state.program, wall: other.wall };
    state.faces[command.other] = { own: one.own ?? state.program, wall: one.wall };
    return '';
  }
  return null;
}

// The sources that a scene, or a source by its own name, shows.
export function sourcesIn(state: MockState, name: string): string[] {
  const scene = state.scenes.list[name];
  if (!scene) return [name];
  return scene.layers
    .filter((l) => l.visible && l.opacity > 0)
    .flatMap(({ content }) => (content.kind === 'source' ? [content.source] : content.kind === 'scene' ? sourcesIn(state, content.scene) : []));
}

const mixing = (bus: Bus, now: number): boolean => bus.mix !== null && (bus.mix.bar !== null || now < bus.mix.start + bus.mix.how.length);

// At a show time in nanoseconds.
export function lightsOf(state: MockState, now: number): Lights {
  const lights: Lights = Object.fromEntries(state.sources.map(({ name }) => [name, { program: [], preview: false }]));
  for (const [face, { own }] of Object.entries(state.faces)) {
    const bus = own ?? state.program;
    const over = state.overlays.filter((o) => o.faces.length === 0 || o.faces.includes(face)).map((o) => o.scene);
    const shown = [bus.scene, ...(bus.mix && mixing(bus, now) ? [bus.mix.from] : []), ...over];
    for (const source of new Set(shown.flatMap((name) => sourcesIn(state, name)))) lights[source]?.program.push(face);
  }
  for (const source of sourcesIn(state, state.preview)) {
    const light = lights[source];
    if (light) light.preview = true;
  }
  return lights;
}

// When lamps change by themselves, in nanoseconds of show time; null: not at all.
export function nextChange(state: MockState, now: number): number | null {
  const ends = [state.program, ...Object.values(state.faces).flatMap(({ own }) => own ?? [])].flatMap(({ mix }) =>
    mix && mix.bar === null && mix.start + mix.how.length > now ? [mix.start + mix.how.length] : [],
  );
  return ends.length > 0 ? Math.min(...ends) : null;
}
