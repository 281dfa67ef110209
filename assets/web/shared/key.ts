// The key this page speaks with: from the address's fragment, which is cleaned at once, or as kept before.
// Kept per page, so that one machine can hold a table's and a desk's key side by side.
import { randomHex } from './ids';
import { keep, recall } from './storage';

const slot = (path: string): string => `key:${path.replace(/\/+$/, '') || '/'}`;

export function keepKey(key: string, path: string = location.pathname): void {
  keep(slot(path), key, 'session');
  keep(slot(path), key, 'local');
}

// The key, or '' when there is none. Call before anything else runs in the page.
export function takeKey(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given !== null) {
    history.replaceState(history.state, '', location.pathname + location.search);
    if (given.trim() !== '') keepKey(given.trim());
  }
  return given?.trim() || recall(slot(location.pathname), 'session') || recall(slot(location.pathname)) || '';
}

// This device's name for the server: random, says nothing about who holds it.
export function deviceId(): string {
  const known = recall('device');
  if (known) return known;
  const made = randomHex(16);
  keep('device', made);
  return made;
}
