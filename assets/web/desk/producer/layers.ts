// Layers of a scene as the editor handles them: new ones, moved ones, resized ones. Pure.
import type { Layer, LayerContent, Rect, Scene } from '../../shared/protocol';

export const whole: Rect = { x: 0, y: 0, width: 1, height: 1 };
export const blends = ['normal', 'add', 'subtract', 'screen', 'multiply', 'lighten', 'darken'] as const;
export const layouts = [
  'full', 'side_by_side', 'corner_top_left', 'corner_top_right', 'corner_bottom_left', 'corner_bottom_right', 'three_up', 'quad', 'speaker_and_wall',
] as const;
export const boards = ['voices', 'themes', 'tensions', 'question', 'moves', 'tables', 'results', 'outcomes', 'spotlight', 'held'] as const;
export type Layout = (typeof layouts)[number];
const least = 0.01; // of the scene: a layer stays big enough to be found
const snapWithin = 0.012;

// A name that none of `taken` has: "duo", "duo 2"…
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted} ${n}`;
  return name;
}

export function contentOf(kind: string, name: string): LayerContent {
  if (kind === 'source') return { kind, source: name };
  if (kind === 'scene') return { kind, scene: name };
  if (kind === 'caption') return { kind, caption: name };
  if (kind === 'colour') return { kind, top: '#1b2a49ff', bottom: '#0c0f14ff' };
  if (kind === 'text') return { kind, text: '{question}', size: 0.07, weight: 600, align: 'left', colour: '#ffffffff' };
  if (kind === 'qr') return { kind, text: '' };
  if (kind === 'board') return { kind, board: name, ring: false };
  return { kind: 'wall' };
}

const placeFor = (content: LayerContent, isFirst: boolean): Rect =>
  content.kind === 'qr' ? { x: 0.7, y: 0.5, width: 0.25, height: 0.44 } : content.kind === 'text' ? { x: 0.06, y: 0.74, width: 0.88, height: 0.2 } : isFirst || content.kind === 'colour' || content.kind === 'caption' || content.kind === 'board' ? whole : { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

// The scene's layers with a new one: in front, a colour at the back.
export function withNew(layers: readonly Layer[], content: LayerContent): { layers: Layer[]; name: string } {
  const wanted = content.kind === 'source' ? content.source : content.kind === 'scene' ? content.scene : content.kind === 'caption' ? content.caption : content.kind === 'board' ? content.board : content.kind;
  const name = freeName(wanted, layers.map((l) => l.name));
  const layer: Layer = {
    name, content, visible: true, place: placeFor(content, layers.length === 0), crop: whole, fit: content.kind === 'source' ? 'fill' : 'fit',
    rotation_deg: 0, opacity: 1, corner_radius: 0, border_width: 0, border_colour: '#ffffffff', blend: 'normal', key: null,
  };
  return { layers: content.kind === 'colour' ? [layer, ...layers] : [...layers, layer], name };
}

// `by` places towards the front (+) or the back (-).
export function reordered(layers: readonly Layer[], name: string, by: number): Layer[] {
  const at = layers.findIndex((l) => l.name === name);
  const moved = layers[at];
  if (!moved) return [...layers];
  const others = layers.filter((l) => l !== moved);
  others.splice(Math.max(0, Math.min(others.length, at + by)), 0, moved);
  return others;
}

const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
const tidy = (r: Rect): Rect => ({ x: rounded(r.x), y: rounded(r.y), width: rounded(r.width), height: rounded(r.height) });

// How far to shift so that the nearest of `edges` lies on an edge or the middle of the scene; 0 when none is near.
function pull(edges: readonly number[]): number {
  let best = 0;
  let nearest = snapWithin;
  for (const edge of edges) {
    for (const line of [0, 0.5, 1]) {
      if (Math.abs(line - edge) < nearest) {
        nearest = Math.abs(line - edge);
        best = line - edge;
      }
    }
  }
  return best;
}

export function moved(from: Rect, dx: number, dy: number, snap = false): Rect {
  const to = { ...from, x: from.x + dx, y: from.y + dy };
  if (snap) {
    to.x += pull([to.x, to.x + to.width / 2, to.x + to.width]);
    to.y += pull([to.y, to.y + to.height / 2, to.y + to.height]);
  }
  return tidy(to);
}

// Which edge is held: -1 left or top, 1 right or bottom, 0 neither.
export interface Handle {
  x: -1 | 0 | 1;
  y: -1 | 0 | 1;
}
export const handles: readonly Handle[] = [
  { x: -1, y: -1 }, { x: 0, y: -1 }, { x: 1, y: -1 }, { x: 1, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }, { x: -1, y: 1 }, { x: -1, y: 0 },
];

// The held edge goes by (dx, dy) shares of the scene, the one opposite stays, also when the layer is turned: `aspect` is
// the scene's width by its height. A corner keeps the layer's shape unless `free`.
export function resized(from: Rect, held: Handle, dx: number, dy: number, rotationDeg: number, aspect: number, free: boolean): Rect {
  const turn = (rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [px, py] = [dx * aspect, dy]; // in heights of the scene
  const along = { x: px * cos + py * sin, y: -px * sin + py * cos };
  const was = { x: from.width * aspect, y: from.height };
  const now = { x: Math.max(least, was.x + held.x * along.x), y: Math.max(least, was.y + held.y * along.y) };
  if (held.x !== 0 && held.y !== 0 && !free) {
    const scale = Math.max(now.x / was.x, now.y / was.y);
    now.x = was.x * scale;
    now.y = was.y * scale;
  }
  const shift = { x: (held.x * (now.x - was.x)) / 2, y: (held.y * (now.y - was.y)) / 2 };
  const middle = {
    x: (from.x + from.width / 2) * aspect + shift.x * cos - shift.y * sin,
    y: from.y + from.height / 2 + shift.x * sin + shift.y * cos,
  };
  return tidy({ x: (middle.x - now.x / 2) / aspect, y: middle.y - now.y / 2, width: now.x / aspect, height: now.y });
}

export const titleOf = (scene: Scene): string => scene.label || scene.name;
