// State that a reload does not lose: drafts and choices, kept by the browser, for this tab or for this device.
import { useState } from 'preact/hooks';
import { keep, recall } from './storage';

// `read` makes the state of what was kept, or undefined when that is of no use any more. Values are kept as JSON.
export function useKept<T>(
  name: string, initial: T, read: (kept: unknown) => T | undefined, area: 'local' | 'session' = 'local',
): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = recall(name, area);
    try {
      return (kept === null ? undefined : read(JSON.parse(kept))) ?? initial;
    } catch {
      return initial;
    }
  });
  const set = (next: T): void => {
    keep(name, JSON.stringify(next), area);
    setValue(next);
  };
  return [value, set];
}

export const asText = (kept: unknown): string | undefined => (typeof kept === 'string' ? kept : undefined);
export const asFlag = (kept: unknown): boolean | undefined => (typeof kept === 'boolean' ? kept : undefined);
export const asTexts = (kept: unknown): readonly string[] | undefined =>
  Array.isArray(kept) && kept.every((one) => typeof one === 'string') ? (kept as string[]) : undefined;
