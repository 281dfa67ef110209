// What the key of this page may do, as the server said in its welcome: the page greys the rest. The server decides.
import type { Command, Welcome } from './protocol';

export interface Rights {
  name: string; // the operator's, or the role's
  role: string;
  may: ReadonlySet<string> | null; // kinds of commands; null: not told, so nothing is greyed
  faces: readonly string[]; // that may be touched; none: all
}

export const rightsOf = (welcome: Welcome | null): Rights => ({
  name: welcome?.name ?? welcome?.role ?? '',
  role: welcome?.role ?? '',
  may: welcome?.may ? new Set(welcome.may) : null,
  faces: welcome?.faces ?? [],
});

export const mayDo = (rights: Rights, ...kinds: Command['kind'][]): boolean =>
  rights.may === null || kinds.some((kind) => rights.may?.has(kind));

// The faces that a command names: none, all of them; null: it is not about single faces.
function facesOf(command: Command): readonly string[] | null {
  if (command.kind === 'swap_faces') return [command.one, command.other];
  return 'faces' in command ? (command.faces ?? []) : null;
}

export function allows(rights: Rights, command: Command): boolean {
  if (!mayDo(rights, command.kind)) return false;
  const faces = facesOf(command);
  if (rights.faces.length === 0 || faces === null) return true;
  return faces.length > 0 && faces.every((face) => rights.faces.includes(face));
}
