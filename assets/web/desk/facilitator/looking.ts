// Tells the others what is looked at here, once one stays on it.
import { useEffect } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { useObservable } from '../../shared/hooks';

const stays = 250; // milliseconds

export function useLooking(connection: Connection, contribution: string | null, theme: number): void {
  const link = useObservable(connection.link);
  useEffect(() => {
    if (link !== 'open') return undefined;
    const timer = setTimeout(() => connection.send({ type: 'looking', contribution, theme }), stays);
    return () => clearTimeout(timer);
  }, [connection, link, contribution, theme]);
}
