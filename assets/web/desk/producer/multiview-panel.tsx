import type { Panel, PanelGiven } from './dock';
import { MultiviewEditor } from './multiview';

export const multiviewPanel: Panel = {
  id: 'multiview',
  key: 'V',
  title: { fr: 'Multivue', en: 'Multiview' },
  large: true,
  Body: function Multiview({ pictures, view, labelOf, send }: PanelGiven) {
    return <MultiviewEditor {...{ pictures, view, labelOf }} send={(command) => void send(command)} />;
  },
};
