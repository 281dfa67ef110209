// What is printed before the evening: PDF files from the server, which asks for a key that no link can carry.
import { useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { rightsOf } from '../../shared/rights';
import { words } from './words';

type Thing = 'seat-cards' | 'tables' | 'voice';

async function save(connection: Connection, thing: Thing, name: string): Promise<boolean> {
  const answer = await connection.get(`/api/print/${thing}.pdf`);
  if (!answer) return false;
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // by then the browser has read it
  return true;
}

export function Prints({ connection, planned }: { connection: Connection; planned: boolean }) {
  const t = useWords(words);
  const rights = rightsOf(useObservable(connection.welcome));
  const [busy, setBusy] = useState<Thing | null>(null);
  const [failed, setFailed] = useState(false);
  if (rights.role !== 'director' && rights.role !== 'technician') return null;
  const print = async (thing: Thing, name: string): Promise<void> => {
    setBusy(thing);
    setFailed(!(await save(connection, thing, name)));
    setBusy(null);
  };
  const button = (thing: Thing, label: string, disabled = false) => (
    <button type="button" disabled={disabled || busy !== null} aria-busy={busy === thing} onClick={() => void print(thing, label)}>
      {label}
    </button>
  );
  return (
    <details class="prints">
      <summary>{t.prints}</summary>
      <div class="row">
        {button('seat-cards', t.printCards, !planned)}
        {button('tables', t.printTables)}
        {button('voice', t.printVoice)}
      </div>
      {!planned && <p class="facts">{t.printNoPlan}</p>}
      {failed && <p class="bad" role="alert">{t.printFailed}</p>}
    </details>
  );
}
