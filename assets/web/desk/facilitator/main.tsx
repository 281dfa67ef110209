import '../../styles/base.css';
import '../../styles/desk.css';
import '../../styles/facilitator.css';
import { startDesk } from '../start';
import { FacilitatorPage } from './app';
import { ownName } from './name';
import { Store } from './store';
import { words } from './words';

startDesk(words, (parts) => <FacilitatorPage {...parts} store={new Store(parts.connection)} />, ownName);
