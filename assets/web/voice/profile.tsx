// Where somebody sits and to which group they belong, if they want to tell.
import { isWaiting, lastOf, type Casts } from '../shared/casts';
import { useObservable, useWords } from '../shared/hooks';
import type { Asks } from '../shared/protocol';
import { words } from './words';

export function ProfileCard({ asks, casts }: { asks: Asks; casts: Casts }) {
  const t = useWords(words);
  const said = useObservable(casts.all);
  const told = lastOf(said, 'introduce', 'introduce')?.profile ?? null;
  const { table, group } = told ?? { table: 0, group: '' };
  const tell = (profile: { table: number; group: string }): void => casts.say({ kind: 'introduce', profile });
  if (asks.tables === 0 && asks.groups.length === 0) return null;
  return (
    <section class="card who-card" aria-labelledby="who">
      <h2 id="who">{t.who}</h2>
      <p class="more">{t.whoHint}</p>
      {asks.tables > 0 && (
        <label>
          {t.table}
          <select value={table} onChange={(event) => tell({ table: Number(event.currentTarget.value), group })}>
            <option value={0}>{t.untold}</option>
            {Array.from({ length: asks.tables }, (_, at) => (
              <option key={at} value={at + 1}>
                {t.tableN(at + 1)}
              </option>
            ))}
          </select>
        </label>
      )}
      {asks.groups.length > 0 && (
        <label>
          {t.group}
          <select value={group} onChange={(event) => tell({ table, group: event.currentTarget.value })}>
            <option value="">{t.untold}</option>
            {asks.groups.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class={told ? 'voted shown' : 'voted'} role="status">
        {told && (isWaiting(said, 'introduce') ? `○ ${t.whoWaits}` : `✓ ${t.whoSaid}`)}
      </p>
    </section>
  );
}
