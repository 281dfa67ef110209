import '../../styles/base.css';
import '../../styles/desk.css';
import '../../styles/bars.css';
import '../../styles/show.css';
import { startDesk } from '../start';
import { ShowPage } from './app';
import { words } from './words';

startDesk(words, (parts) => <ShowPage {...parts} />);
