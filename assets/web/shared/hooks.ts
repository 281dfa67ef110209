import { useEffect, useState } from 'preact/hooks';
import type { Connection } from './connection';
import { language, type Words } from './i18n';
import { Observable } from './observable';
import type { Actual, FromServer, SoundLevels } from './protocol';

export function useObservable<T>(observable: Observable<T>): T {
  const [value, change] = useState(() => observable.get());
  useEffect(() => {
    change(() => observable.get());
    return observable.subscribe((next) => change(() => next));
  }, [observable]);
  return value;
}

export function useWords<T>(words: Words<T>): Words<T>['fr'] {
  return words[useObservable(language)];
}

// The newest view the server sent, null before the first.
export function viewOf<View>(connection: Connection): Observable<View | null> {
  const view = new Observable<View | null>(null);
  connection.onMessage((message) => {
    if (message.type === 'state') view.set(message.view as View);
  });
  return view;
}

export function actualOf(connection: Connection): Observable<Actual | null> {
  const actual = new Observable<Actual | null>(null);
  connection.onMessage((message: FromServer) => {
    if (message.type === 'actual') actual.set(message.actual ?? (message as unknown as Actual));
  });
  return actual;
}

// Draws again every `every` milliseconds while `on`.
export function useTick(every: number, on = true): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), every);
    return () => clearInterval(timer);
  }, [every, on]);
}

export function levelsOf(connection: Connection): Observable<SoundLevels | null> {
  const levels = new Observable<SoundLevels | null>(null);
  connection.onMessage((message) => {
    if (message.type === 'levels') levels.set(message);
  });
  return levels;
}
