// What phones may do, and whether what is said is read before it is shown.
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { AudienceDoor, DeskView } from '../../shared/protocol';
import type { Send } from './app';
import { voteWords } from './vote-words';

export function Phones({ view, send }: { view: DeskView; send: Send }) {
  const t = useWords(voteWords);
  const may = useMay();
  const { door, moderation, waiting } = view.room;
  const set = (change: Partial<AudienceDoor>): void => void send({ kind: 'set_audience', door: { ...door, ...change } }, t.doneDoor);
  return (
    <section class="phones" aria-labelledby="phones">
      <h2 id="phones">{t.phones}</h2>
      {(['react', 'contribute'] as const).map((what) => (
        <label key={what} class="check">
          <input type="checkbox" checked={door[what]} onChange={(event) => set({ [what]: event.currentTarget.checked })} {...may('set_audience')} />
          {t[what]}
        </label>
      ))}
      <fieldset {...may('set_moderation')}>
        <legend>{t.moderation}</legend>
        {(['after', 'before'] as const).map((mode) => (
          <label key={mode} class="check">
            <input type="radio" name="moderation" checked={moderation === mode} onChange={() => void send({ kind: 'set_moderation', moderation: mode }, t.doneModeration)} />
            {t[mode]}
          </label>
        ))}
      </fieldset>
      <p class={waiting > 0 ? 'waiting' : 'facts'} role="status">
        {t.waiting(waiting)}
      </p>
    </section>
  );
}
