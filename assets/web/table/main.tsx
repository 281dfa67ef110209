import '../styles/base.css';
import '../styles/room.css';
import '../styles/bars.css';
import '../styles/table.css';
import { keepKey, takeKey } from '../shared/key';
import { connect, mount } from '../shared/page';
import { participant } from '../room/start';
import { roomOf, TablePage } from './app';

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
  mount(<TablePage table={table} connection={connection} {...await participant(connection, table)} view={roomOf(connection)} />);
  connection.start();
}

void start();
