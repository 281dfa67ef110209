import type { Panel, PanelGiven } from './dock';
import type { Command } from '../../shared/protocol';
import { useObservable } from '../../shared/hooks';
import { May } from '../../shared/may';
import { Shaders } from './shaders';
import { Stingers } from './stingers';

export const effectsPanel: Panel = {
  id: 'effects',
  key: 'D',
  title: { fr: 'Transitions', en: 'Transitions' },
  Body: function Effects({ view, actual, labelOf, send }: PanelGiven) {
    const faults = useObservable(actual)?.render.transitions ?? [];
    const given = { chosen: view.stage.transition, send: (command: Command): void => void send(command) };
    return (
      <May do="set_transition">
        <Stingers stingers={view.setup.stingers ?? []} {...{ labelOf, faults }} {...given} />
        <Shaders transitions={view.setup.transitions} {...given} />
      </May>
    );
  },
};
