import { useObservable } from '../../shared/hooks';
import type { Panel, PanelGiven } from './dock';
import { SoundStrip } from './sound';

export const soundPanel: Panel = {
  id: 'sound',
  key: 'A',
  title: { fr: 'Son', en: 'Audio' },
  Body: function Sound({ view, actual, levels, send }: PanelGiven) {
    const health = useObservable(actual);
    return (
      <SoundStrip
        desk={view.stage.sound}
        levels={levels}
        outputs={health?.sound ?? []}
        sources={view.setup.sources.filter((source) => health?.sources.find((one) => one.name === source.name)?.sound)}
        send={async (command) => void (await send(command))}
      />
    );
  },
};
