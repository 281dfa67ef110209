// Which key does what. Digits go by their place on the keyboard, so that they work unshifted on a French one;
// letters go by what is printed on them.
import type { Placement } from '../../shared/protocol';
import { captionKey } from './captions';

export type Action =
  | { do: 'source'; at: number; other: boolean } // the source at this place, 0 = the first; other: Shift is held
  | { do: 'take'; cut: boolean }
  | { do: 'black' }
  | { do: 'prefix'; of: 'scene' | 'overlay' } // the digit that follows means one of these
  | { do: 'target'; face: string | null; also?: true } // null: program; also: beside those chosen already
  | { do: 'group' } | { do: 'swap' }
  | { do: 'go' } | { do: 'back' }
  | { do: 'panel'; key: string } // the panel of this letter, open or closed
  | { do: 'keys' } // the sheet of all keys
  | { do: 'follow' }
  | { do: 'wall'; placement: Placement };

export const placementKeys: Readonly<Record<Placement, string>> = { off: 'J', over: 'K', beside: 'L', full: 'M' };
export const followKey = 'F';
export const programKey = 'P';
export const blackKey = 'B';
export const sceneKey = '0';
export const overlayKey = 'H';
export const groupKey = 'G';
export const swapKey = 'X';
export const keysKey = '?';
export const goKey = 'Q'; // and PageDown, which a presenter's remote sends; with Shift, or PageUp, the one before
const takenKeys: readonly string[] = [captionKey, followKey, programKey, blackKey, overlayKey, groupKey, swapKey, goKey, ...Object.values(placementKeys)];

// The first letter of each face's name in this language that nothing else uses; F1… works always.
export function faceKeys(called: readonly string[], keysOfPanels: readonly string[] = []): string[] {
  const used = new Set([...takenKeys, ...keysOfPanels]);
  return called.map((name, at) => {
    const letter = Array.from(name.toUpperCase()).find((c) => /[A-Z]/.test(c) && !used.has(c)) ?? `F${at + 1}`;
    used.add(letter);
    return letter;
  });
}

export interface Pressed {
  code: string;
  key: string;
  shiftKey?: boolean;
}

export function actionOf(pressed: Pressed, faces: readonly string[], keysOfFaces: readonly string[], keysOfPanels: readonly string[] = []): Action | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(pressed.code)?.[1];
  if (digit !== undefined) return { do: 'source', at: Number(digit) - 1, other: pressed.shiftKey === true };
  if (/^(?:Digit|Numpad)0$/.test(pressed.code)) return { do: 'prefix', of: 'scene' };
  if (pressed.code === 'Space') return { do: 'take', cut: true };
  if (pressed.key === 'Enter') return { do: 'take', cut: false };
  if (pressed.key === 'PageDown') return { do: 'go' };
  if (pressed.key === 'PageUp') return { do: 'back' };
  const letter = pressed.key.length === 1 ? pressed.key.toUpperCase() : pressed.key;
  const numbered = /^F([1-9])$/.exec(letter)?.[1];
  const face = faces[numbered !== undefined ? Number(numbered) - 1 : keysOfFaces.indexOf(letter)];
  if (face !== undefined) return { do: 'target', face, ...(pressed.shiftKey ? { also: true } : {}) };
  if (letter === 'Escape' || letter === programKey) return { do: 'target', face: null };
  if (letter === goKey) return { do: pressed.shiftKey ? 'back' : 'go' };
  if (letter === followKey) return { do: 'follow' };
  if (letter === blackKey) return { do: 'black' };
  if (letter === overlayKey) return { do: 'prefix', of: 'overlay' };
  if (letter === groupKey) return { do: 'group' };
  if (letter === swapKey) return { do: 'swap' };
  if (letter === keysKey) return { do: 'keys' };
  if (keysOfPanels.includes(letter)) return { do: 'panel', key: letter };
  for (const [placement, key] of Object.entries(placementKeys)) {
    if (key === letter) return { do: 'wall', placement: placement as Placement };
  }
  return null;
}

// Typing into a field, or a system's own shortcut, is nobody's cut.
export function isForField(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return true;
  if (!(event.target instanceof Element)) return false;
  // Space and Enter press the button that has the focus.
  const presses = event.key === ' ' || event.key === 'Enter';
  return event.target.closest(presses ? 'input, textarea, select, button, a' : 'input, textarea, select') !== null;
}
