// The live picture of a scene with its layers' outlines, to be dragged, resized and moved by the arrow keys.
import { useRef } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import type { Pictures } from '../../shared/pictures';
import type { Layer, Rect, Scene, Size } from '../../shared/protocol';
import { handles, moved, resized, type Handle } from './layers';
import { sceneWords } from './scene-words';
import { Live } from './tiles';

interface Given {
  pictures: Pictures;
  scene: Scene;
  layers: readonly Layer[]; // as they are to be drawn, back to front
  size: Size; // of a face, in pixels
  chosen: string | null;
  locked: boolean; // nothing may be moved
  nameOf: (layer: Layer) => string;
  choose: (layer: string) => void;
  change: (layer: Layer, end: boolean) => void; // end: the hand has let go
  remove: (layer: string) => void;
}

interface Held {
  handle: Handle | null; // null: the whole layer
  layer: Layer;
  at: { x: number; y: number };
  last: Layer;
}

const percent = (share: number): string => `${share * 100}%`;

function put(outline: HTMLElement | null, { place, rotation_deg }: Layer, height: number): void {
  if (!outline) return;
  Object.assign(outline.style, {
    left: percent(place.x), top: percent(place.y), width: percent(place.width), height: percent(place.height),
    transform: `rotate(${rotation_deg}deg)`, zIndex: String(height),
  });
}

export function StageCanvas({ pictures, scene, layers, size, chosen, locked, nameOf, choose, change, remove }: Given) {
  const t = useWords(sceneWords);
  const frame = useRef<HTMLDivElement | null>(null);
  const held = useRef<Held | null>(null);
  const aspect = size.width / size.height;

  const shape = (element: HTMLDivElement | null): void => {
    frame.current = element;
    if (!element) return;
    element.style.aspectRatio = `${size.width} / ${size.height}`;
    element.style.setProperty('--aspect', String(aspect));
  };
  const grab = (event: PointerEvent, layer: Layer, handle: Handle | null): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const outline = (event.currentTarget as HTMLElement).closest<HTMLElement>('.outline');
    outline?.focus();
    choose(layer.name);
    if (locked) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    held.current = { handle, layer, at: { x: event.clientX, y: event.clientY }, last: layer };
  };
  const drag = (event: PointerEvent): void => {
    const hand = held.current;
    const box = frame.current?.getBoundingClientRect();
    if (!hand || !box) return;
    event.stopPropagation();
    const dx = (event.clientX - hand.at.x) / box.width;
    const dy = (event.clientY - hand.at.y) / box.height;
    const { layer, handle } = hand;
    const place = handle ? resized(layer.place, handle, dx, dy, layer.rotation_deg, aspect, event.shiftKey) : moved(layer.place, dx, dy, !event.altKey);
    hand.last = { ...layer, place };
    change(hand.last, false);
  };
  const release = (event: PointerEvent): void => {
    const hand = held.current;
    if (!hand) return;
    event.stopPropagation();
    held.current = null;
    if (hand.last !== hand.layer) change(hand.last, true);
  };
  const press = (event: KeyboardEvent, layer: Layer): void => {
    if (locked) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      remove(layer.name);
      return;
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 10 : 1;
    const dx = ((way[0] ?? 0) * far) / size.width;
    const dy = ((way[1] ?? 0) * far) / size.height;
    const { place } = layer;
    const to: Rect = event.altKey ? resized(place, { x: 1, y: 1 }, dx, dy, 0, aspect, true) : moved(place, dx, dy);
    change({ ...layer, place: to }, true);
  };

  return (
    <div class="stage-box">
      <div class="stage-canvas" ref={shape}>
        <Live key={scene.name} pictures={pictures} kind="view" name={`scene/${scene.name}`} />
        <div class="outlines" role="listbox" aria-label={t.layersOnPicture} aria-describedby="stage-keys">
          {layers.map((layer, at) => (
            <div
              key={layer.name}
              class={`outline ${layer.visible ? '' : 'unseen'}`}
              role="option"
              tabIndex={0}
              aria-selected={chosen === layer.name}
              aria-label={nameOf(layer)}
              data-layer={layer.name}
              ref={(outline) => put(outline, layer, chosen === layer.name ? layers.length + 1 : at + 1)}
              onFocus={() => choose(layer.name)}
              onKeyDown={(event) => press(event, layer)}
              onPointerDown={(event) => grab(event, layer, null)}
              onPointerMove={drag}
              onPointerUp={release}
              onPointerCancel={release}
            >
              <span class="which" aria-hidden="true">
                {nameOf(layer)}
              </span>
              {chosen === layer.name &&
                !locked &&
                handles.map((handle) => (
                  <span
                    key={`${handle.x}${handle.y}`}
                    class={`handle x${handle.x + 1} y${handle.y + 1}`}
                    aria-hidden="true"
                    onPointerDown={(event) => grab(event, layer, handle)}
                    onPointerMove={drag}
                    onPointerUp={release}
                    onPointerCancel={release}
                  />
                ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
