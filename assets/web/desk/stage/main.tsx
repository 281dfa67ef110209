import '../../styles/base.css';
import '../../styles/desk.css';
import '../../styles/stage.css';
import { startDesk } from '../start';
import { StagePage } from './app';
import { words } from './words';

startDesk(words, (parts) => <StagePage {...parts} />);
