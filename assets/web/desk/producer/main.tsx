import '../../styles/base.css';
import '../../styles/desk.css';
import '../../styles/producer.css';
import '../../styles/media.css';
import { startDesk } from '../start';
import { ProducerPage } from './app';
import { Pictures } from '../../shared/pictures';
import { words } from './words';

startDesk(words, (parts) => <ProducerPage {...parts} pictures={new Pictures(parts.connection)} />);
