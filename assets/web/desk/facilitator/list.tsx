// The queue: only the rows that are seen are in the document, however many there are.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { memo } from './memo';
import { useWords } from '../../shared/hooks';
import type { FacilitatorContribution } from '../../shared/protocol';
import { label, windowOf } from './queue';
import { words } from './words';

const rowHeight = 84; // pixels; as in the styles

interface Given {
  items: readonly FacilitatorContribution[];
  cursor: string | null;
  selection: ReadonlySet<string>;
  lookedAt: ReadonlyMap<string, string>;
  same: ReadonlyMap<string, readonly string[]>;
  spotlight: string | null;
  marked: string | null;
  pick: (id: string, event: MouseEvent) => void;
}

export function QueueList({ items, cursor, selection, lookedAt, same, spotlight, marked, pick }: Given) {
  const t = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  const [from, to] = windowOf(items.length, rowHeight, seen.top, seen.height);
  const at = items.findIndex((one) => one.id === cursor);

  const look = (): void => {
    const el = box.current;
    if (el && (el.scrollTop !== seen.top || el.clientHeight !== seen.height)) setSeen({ top: el.scrollTop, height: el.clientHeight });
  };
  useLayoutEffect(() => {
    if (inner.current) inner.current.style.height = `${items.length * rowHeight}px`;
  }, [items.length]);
  useLayoutEffect(() => {
    look();
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  });
  useLayoutEffect(() => {
    const el = box.current;
    if (!el || at < 0) return;
    const top = at * rowHeight;
    if (top < el.scrollTop) el.scrollTop = top;
    else if (top + rowHeight > el.scrollTop + el.clientHeight) el.scrollTop = top + rowHeight - el.clientHeight;
  }, [at]);

  return (
    <div
      ref={box} class="list" role="listbox" tabIndex={0} aria-label={t.queue} aria-multiselectable="true" onScroll={look}
      {...(at >= from && at < to && { 'aria-activedescendant': `c-${cursor ?? ''}` })}
    >
      <div ref={inner} class="inner" role="presentation">
        {items.slice(from, to).map((item, index) => (
          <Row
            key={item.id} item={item} top={(from + index) * rowHeight} place={from + index + 1} all={items.length} current={item.id === cursor}
            selected={selection.has(item.id)} looker={lookedAt.get(item.id) ?? ''} same={same.get(item.id)?.length ?? 0} lit={item.id === spotlight} marked={item.id === marked} pick={pick}
          />
        ))}
      </div>
    </div>
  );
}

interface RowGiven {
  item: FacilitatorContribution;
  top: number;
  place: number;
  all: number;
  current: boolean;
  selected: boolean;
  looker: string;
  same: number;
  lit: boolean;
  marked: boolean;
  pick: (id: string, event: MouseEvent) => void;
}

const Row = memo(function Row({ item, top, place, all, current, selected, looker, same, lit, marked, pick }: RowGiven) {
  const t = useWords(words);
  const classes = ['contribution', item.state, item.kind, current && 'current', selected && 'selected', marked && 'marked'].filter(Boolean).join(' ');
  return (
    <div
      id={`c-${item.id}`} class={classes} role="option" aria-selected={selected} aria-setsize={all} aria-posinset={place} data-id={item.id}
      data-drag={`c:${item.id}`} data-drop={`c:${item.id}`} onClick={(event) => pick(item.id, event)}
      ref={(el) => {
        if (el) el.style.transform = `translateY(${top}px)`;
      }}
    >
      <span class="grip" aria-hidden="true">
        <span class="box">{selected ? '✓' : ''}</span>
      </span>
      <div class="said">
        <p class="text" lang={item.language || undefined}>
          {item.title && <strong>{item.title} · </strong>}
          {item.text}
        </p>
        <p class="meta">
          <span class={`state ${item.state}`}>{item.hold ? t[item.hold.reason] : t[`state_${item.state}`]}</span>
          <span class={`kind ${item.kind}`}>{t[item.kind]}</span>
          <span>{item.table === 0 ? t.phone : t.tableN(item.table)}</span>
          {item.flags.length > 0 && !item.approved && <span class="flag">⚑ {item.flags.map((flag) => t[`flag_${flag}`]).join(', ')}</span>}
          {item.theme !== 0 && <span class="theme">{label({ title: item.theme_title, text: '' }, 26)}</span>}
          {lit && <span class="lit">☀</span>}
          {same > 1 && <span class="same">×{same}</span>}
          {looker && <span class="looker">◉ {t.looks(looker)}</span>}
        </p>
      </div>
    </div>
  );
});
