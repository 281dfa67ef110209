// Live pictures from the server: asks for those that are in sight, decodes them beside the main thread,
// draws them, and gives credit back so that a slow page is never flooded.
import { useEffect, useRef } from 'preact/hooks';
import type { Connection } from './connection';
import { PaceKeeper } from './pace';
import { pictureKinds, type PictureKind, type PictureWish } from './protocol';

export interface Picture {
  kind: PictureKind;
  name: string;
  number: number;
  jpeg: Uint8Array<ArrayBuffer>;
}

const jpegFormat = 1;
const header = 7; // format, kind, length of the name, picture number

// Null when the bytes are not of the form in docs/protocol.md.
export function parsePicture(bytes: ArrayBuffer): Picture | null {
  const data = new DataView(bytes);
  if (bytes.byteLength < header || data.getUint8(0) !== jpegFormat || data.getUint8(1) >= pictureKinds.length) return null;
  const length = data.getUint8(2);
  if (bytes.byteLength < header + length) return null;
  return {
    kind: pictureKinds[data.getUint8(1)] ?? 'face',
    name: new TextDecoder().decode(new Uint8Array(bytes, 3, length)),
    number: data.getUint32(3 + length),
    jpeg: new Uint8Array(bytes, header + length),
  };
}

const steps = [160, 240, 320, 480, 640, 960];
const nothing = '[]'; // what a new connection has asked for
const probeEvery = 1500; // milliseconds
const staleAfter = 3000;

interface Shown extends PictureWish {
  canvas: HTMLCanvasElement;
  at: number;
  inSight: boolean; // what is scrolled away is not sent: it matters on a slow network
}

export class Pictures {
  readonly #connection: Connection;
  readonly #shown = new Set<Shown>();
  #asked = nothing;
  #planned = false;
  readonly #pace = new PaceKeeper();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onPicture((bytes) => void this.#take(bytes));
    connection.link.subscribe((link) => {
      if (link === 'open') {
        this.#asked = nothing;
        this.#plan();
      }
    });
    document.addEventListener('visibilitychange', () => this.#plan());
    setInterval(() => this.#markStale(), 1000);
    setInterval(() => {
      if (this.#asked !== nothing) connection.send({ type: 'clock', t: performance.now() });
    }, probeEvery);
    connection.trip.subscribe((trip) => {
      if (this.#pace.tripped(trip)) this.#plan();
    });
  }

  // Shows the newest picture of `name` on the canvas until the returned function is called.
  show(canvas: HTMLCanvasElement, kind: PictureKind, name: string): () => void {
    const wide = (canvas.clientWidth || 320) * Math.min(devicePixelRatio || 1, 2);
    const shown: Shown = { kind, name, width: steps.find((step) => step >= wide) ?? 960, canvas, at: -Infinity, inSight: false };
    this.#shown.add(shown);
    const sight = new IntersectionObserver((seen) => {
      shown.inSight = seen[seen.length - 1]?.isIntersecting === true;
      this.#plan();
    });
    sight.observe(canvas);
    return () => {
      sight.disconnect();
      this.#shown.delete(shown);
      this.#plan();
    };
  }

  // One wish for all that changed in this turn.
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setTimeout(() => {
      this.#planned = false;
      const { fps, widest: limit } = this.#pace.pace;
      const widest = new Map<string, PictureWish>();
      if (!document.hidden) {
        for (const { kind, name, width: wanted, inSight } of this.#shown) {
          if (!inSight) continue;
          const width = Math.min(wanted, limit);
          const known = widest.get(`${kind}:${name}`);
          if (!known || known.width < width) widest.set(`${kind}:${name}`, { kind, name, width });
        }
      }
      const want = [...widest.values()];
      const asked = want.length === 0 ? nothing : JSON.stringify([want, fps]);
      if (asked === this.#asked) return;
      if (this.#connection.send({ type: 'pictures', want, fps })) this.#asked = asked;
    }, 0);
  }

  async #take(bytes: ArrayBuffer): Promise<void> {
    const picture = parsePicture(bytes);
    if (!picture) return;
    try {
      const bitmap = await createImageBitmap(new Blob([picture.jpeg], { type: 'image/jpeg' }));
      for (const shown of this.#shown) {
        if (shown.kind !== picture.kind || shown.name !== picture.name) continue;
        const { canvas } = shown;
        if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
          canvas.width = bitmap.width;
          canvas.height = bitmap.height;
        }
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
        shown.at = performance.now();
        canvas.dataset['live'] = 'yes';
      }
      bitmap.close();
    } catch {
      // A picture that does not decode is passed over; the next one comes.
    } finally {
      this.#connection.send({ type: 'seen', picture: picture.number });
    }
  }

  #markStale(): void {
    for (const { canvas, at, inSight } of this.#shown) {
      if (inSight && canvas.dataset['live'] === 'yes' && performance.now() - at > staleAfter) canvas.dataset['live'] = 'stale';
    }
  }
}

export function useLive(pictures: Pictures, kind: PictureKind, name: string) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current ? pictures.show(canvas.current, kind, name) : undefined), [pictures, kind, name]);
  return canvas;
}
