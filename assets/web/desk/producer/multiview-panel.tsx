import type { Panel, PanelGiven } from './dock';
import { Live } from './tiles';

export const multiviewPanel: Panel = {
  id: 'multiview',
  key: 'V',
  title: { fr: 'Multivue', en: 'Multiview' },
  large: true,
  Body: function Multiview({ pictures }: PanelGiven) {
    return <Live pictures={pictures} kind="view" name="multiview" />;
  },
};
