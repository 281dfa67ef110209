// Sends what a facilitator does: a fault is told, what takes long is seen to go on.
import type { Connection } from '../../shared/connection';
import { Observable } from '../../shared/observable';
import type { FacilitatorCommand } from '../../shared/protocol';
import type { Toasts } from '../../shared/toasts';

export type Act = (command: FacilitatorCommand, said?: string) => Promise<boolean>;

const long = 500; // milliseconds until it is said that something goes on

export function actor(connection: Connection, toasts: Toasts): { act: Act; slow: Observable<boolean> } {
  const slow = new Observable(false);
  let under = 0;
  const act: Act = async (command, said) => {
    under++;
    const timer = setTimeout(() => slow.set(true), long);
    const outcome = await connection.command(command);
    clearTimeout(timer);
    if (--under === 0) slow.set(false);
    if (toasts.check(outcome) && said !== undefined) toasts.done(said);
    return outcome.ok;
  };
  return { act, slow };
}
