// What of all contributions the queue has: a look, and narrower.
import { useWords } from '../../shared/hooks';
import { contributionKinds, type ContributionKind, type FacilitatorContribution, type Theme } from '../../shared/protocol';
import { looks, type Filter, type Look } from './queue';
import { words } from './words';

interface Given {
  filter: Filter;
  set: (filter: Filter) => void;
  list: readonly FacilitatorContribution[];
  themes: readonly Theme[];
  counts: Record<Look, number>;
}

export function Filters({ filter, set, list, themes, counts }: Given) {
  const t = useWords(words);
  const rounds = [...new Set(list.map((one) => one.round))].sort((a, b) => a - b);
  const tables = [...new Set(list.map((one) => one.table))].sort((a, b) => a - b);
  return (
    <div class="filters">
      <div class="looks" role="group" aria-label={t.queue}>
        {looks.map((look) => (
          <button key={look} type="button" aria-pressed={look === filter.look} onClick={() => set({ ...filter, look })}>
            {t[`look_${look}`]} <span class="count">{counts[look]}</span>
          </button>
        ))}
      </div>
      <div class="narrow">
        <input id="search" type="search" aria-label={t.search} placeholder={`${t.search}  /`} value={filter.text} onInput={(event) => set({ ...filter, text: event.currentTarget.value })} />
        <select aria-label={t.kind} value={filter.kind} onChange={(event) => set({ ...filter, kind: event.currentTarget.value as ContributionKind | '' })}>
          <option value="">{t.kind}</option>
          {contributionKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t[kind]}
            </option>
          ))}
        </select>
        <select aria-label={t.round} value={filter.round} onChange={(event) => set({ ...filter, round: Number(event.currentTarget.value) })}>
          <option value={0}>{t.round}</option>
          {rounds.map((round) => (
            <option key={round} value={round}>
              {t.roundN(round)}
            </option>
          ))}
        </select>
        <select aria-label={t.table} value={filter.table} onChange={(event) => set({ ...filter, table: event.currentTarget.value })}>
          <option value="">{t.table}</option>
          {tables.map((table) => (
            <option key={table} value={`${table}`}>
              {table === 0 ? t.phone : t.tableN(table)}
            </option>
          ))}
        </select>
        <select aria-label={t.theme} value={filter.theme} onChange={(event) => set({ ...filter, theme: Number(event.currentTarget.value) })}>
          <option value={0}>{t.theme}</option>
          {themes.map((theme) => (
            <option key={theme.number} value={theme.number}>
              {theme.title}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
