import '../styles/base.css';
import '../styles/table.css';
import { keepKey, takeKey } from '../shared/key';
import { connect, mount } from '../shared/page';
import { roomOf, TablePage } from './app';
import { Outbox } from './outbox';
import { Sender } from './sender';

async function start(): Promise<void> {
  const table = Number(/^\/table\/(\d+)/.exec(location.pathname)?.[1] ?? 0);
  const key = takeKey();
  const connection = connect(['table']);
  // The key says which table this is; an address that says otherwise is put right.
  connection.welcome.subscribe((welcome) => {
    if (!welcome?.table || welcome.table === table) return;
    keepKey(key, `/table/${welcome.table}`);
    location.replace(`/table/${welcome.table}`);
  });
  const outbox = new Outbox(table);
  await outbox.open();
  const sender = new Sender(connection, outbox);
  mount(<TablePage table={table} connection={connection} outbox={outbox} sender={sender} view={roomOf(connection)} />);
  connection.start();
}

void start();
