import type { Panel, PanelGiven } from './dock';
import { Shaders } from './shaders';

export const effectsPanel: Panel = {
  id: 'effects',
  key: 'D',
  title: { fr: 'Transitions', en: 'Transitions' },
  Body: function Effects({ view, send }: PanelGiven) {
    return <Shaders transitions={view.setup.transitions} chosen={view.stage.transition} send={(command) => void send(command)} />;
  },
};
