// Small texts kept by the browser. Storage may be missing or forbidden (private windows, kiosk settings):
// then reading gives null and writing says false, and the page goes on.

type Area = 'local' | 'session';

function area(which: Area): Storage | null {
  try {
    return which === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}

export function recall(name: string, which: Area = 'local'): string | null {
  try {
    return area(which)?.getItem(`tribune.${name}`) ?? null;
  } catch {
    return null;
  }
}

export function keep(name: string, text: string | null, which: Area = 'local'): boolean {
  try {
    const storage = area(which);
    if (!storage) return false;
    if (text === null) storage.removeItem(`tribune.${name}`);
    else storage.setItem(`tribune.${name}`, text);
    return true;
  } catch {
    return false;
  }
}
