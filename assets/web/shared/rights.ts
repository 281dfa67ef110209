// What the key of this page may do, as the server said in its welcome: the page greys the rest. The server decides.
import type { Command, Welcome } from './protocol';

export interface Rights {
  name: string; // the operator's, or the role's
  role: string;
  may: ReadonlySet<string> | null; // kinds of commands; null: not told, so nothing is greyed
  faces: readonly string[]; // that may be touched; none: all
}

// A command, or its kind where it is all the same which one.
export type Wanted = Command | Command['kind'];
export type Refusal = 'forbidden' | 'forbidden_face';

export const rightsOf = (welcome: Welcome | null): Rights => ({
  name: welcome?.name ?? welcome?.role ?? '',
  role: welcome?.role ?? '',
  may: welcome?.may ? new Set(welcome.may) : null,
  faces: welcome?.faces ?? [],
});

export const kindOf = (wanted: Wanted): Command['kind'] => (typeof wanted === 'string' ? wanted : wanted.kind);

const ofFaces: ReadonlySet<string> = new Set<Command['kind']>(['cut', 'follow', 'take', 'set_overlay', 'show_caption', 'place_wall']);

// The faces that a command names: none, all of them; null: it is not about single faces.
function facesOf(wanted: Wanted): readonly string[] | null {
  if (typeof wanted === 'string') return null;
  if (wanted.kind === 'swap_faces') return [wanted.one, wanted.other];
  return ofFaces.has(wanted.kind) ? (('faces' in wanted && wanted.faces) || []) : null;
}

// The code by which the server would refuse it, null when it would not.
export function refusal(rights: Rights, wanted: Wanted): Refusal | null {
  if (rights.may?.has(kindOf(wanted)) === false) return 'forbidden';
  const faces = facesOf(wanted);
  if (rights.faces.length === 0 || faces === null) return null;
  return faces.length > 0 && faces.every((face) => rights.faces.includes(face)) ? null : 'forbidden_face';
}
