import '../../styles/base.css';
import '../../styles/desk.css';
import '../../styles/producer.css';
import '../../styles/dock.css';
import '../../styles/media.css';
import '../../styles/sound.css';
import '../../styles/rundown.css';
import '../../styles/captions.css';
import '../../styles/controllers.css';
import { startDesk } from '../start';
import { levelsOf } from '../../shared/hooks';
import { ProducerPage } from './app';
import { Pictures } from '../../shared/pictures';
import { words } from './words';

startDesk(words, (parts) => <ProducerPage {...parts} pictures={new Pictures(parts.connection)} levels={levelsOf(parts.connection)} />);
