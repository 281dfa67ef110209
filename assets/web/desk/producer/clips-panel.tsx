import { useObservable } from '../../shared/hooks';
import type { Panel, PanelGiven } from './dock';
import { MediaPanel } from './media';

export const clipsPanel: Panel = {
  id: 'clips',
  key: 'C',
  title: { fr: 'Clips', en: 'Clips' },
  Body: function Clips({ connection, view, actual, labelOf, send }: PanelGiven) {
    const health = useObservable(actual);
    return (
      <MediaPanel
        {...{ connection, view, labelOf }}
        rateOf={(name) => health?.sources.find((one) => one.name === name)?.wanted_frames_per_second ?? 0}
        send={async (command) => void (await send(command))}
      />
    );
  },
};
