import type { Panel, PanelGiven } from './dock';
import type { Command } from '../../shared/protocol';
import { Shaders } from './shaders';
import { Stingers } from './stingers';

export const effectsPanel: Panel = {
  id: 'effects',
  key: 'D',
  title: { fr: 'Transitions', en: 'Transitions' },
  Body: function Effects({ view, labelOf, send }: PanelGiven) {
    const given = { chosen: view.stage.transition, send: (command: Command): void => void send(command) };
    return (
      <>
        <Stingers stingers={view.setup.stingers ?? []} labelOf={labelOf} {...given} />
        <Shaders transitions={view.setup.transitions} {...given} />
      </>
    );
  },
};
