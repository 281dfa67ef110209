import '../styles/base.css';
import '../styles/room.css';
import '../styles/bars.css';
import '../styles/voice.css';
import { viewOf } from '../shared/hooks';
import { connect, mount } from '../shared/page';
import type { RoomView } from '../shared/protocol';
import { participant } from '../room/start';
import { VoicePage } from './app';

async function start(): Promise<void> {
  const connection = connect(['audience']);
  mount(<VoicePage connection={connection} {...await participant(connection, 0)} view={viewOf<RoomView>(connection)} />);
  connection.start();
}

void start();
