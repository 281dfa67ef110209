// The facilitation desk: what comes in, read by people who see each other at work; gathered, opposed, answered.
import { useMemo, useRef, useState } from 'preact/hooks';
import { DiskNotice } from '../../shared/disk-notice';
import { Door, Header } from '../../shared/header';
import { useObservable, useWords } from '../../shared/hooks';
import { Granted } from '../../shared/may';
import type { Consolidation } from '../../shared/protocol';
import { rightsOf } from '../../shared/rights';
import { ToastList } from '../../shared/toasts';
import type { DeskParts } from '../start';
import { actor } from './act';
import { AskingDialog, type Asking } from './asking';
import { Bar, People } from './bar';
import { Detail } from './detail';
import { doings, type Live, type Mark } from './doing';
import { useDragging } from './drag';
import { Filters } from './filters';
import { KeySheet, useKeys } from './keys';
import { QueueList } from './list';
import { useLooking } from './looking';
import { NameForm, ownName } from './name';
import { between, countsOf, follow, label, looks, lookers, most, noFilter, queueOf, sameWords, type Filter } from './queue';
import { SidePanel, type Tab } from './side';
import type { Store } from './store';
import { words } from './words';

type Given = DeskParts & { store: Store };

export function FacilitatorPage(given: Given) {
  const { connection, toasts, view: viewStore, actual, store } = given;
  const t = useWords(words);
  const link = useObservable(connection.link);
  const view = useObservable(viewStore);
  const all = useObservable(store.consolidation);
  const welcome = useObservable(connection.welcome);
  const people = useObservable(store.presence);
  const [naming, setNaming] = useState(ownName() === '');
  const me = welcome?.name ?? '';
  return (
    <>
      <Header title={t.title} link={link} {...(view ? { sub: view.title } : {})}>
        {!naming && me && <People me={me} others={lookers(people, me).others} rename={() => setNaming(true)} />}
      </Header>
      <DiskNotice actual={actual} />
      {naming ? (
        <NameForm
          done={() => {
            setNaming(false);
            connection.restart();
          }}
        />
      ) : (
        <Door connection={connection}>
          {all ? (
            <Granted value={rightsOf(welcome)}>
              <Desk {...given} all={all} me={me} />
            </Granted>
          ) : (
            <main class="wait">{t.loading}</main>
          )}
        </Door>
      )}
      <ToastList toasts={toasts} />
    </>
  );
}

function Desk({ connection, toasts, store, all, me }: Given & { all: Consolidation; me: string }) {
  const t = useWords(words);
  const list = useObservable(store.list);
  const people = useObservable(store.presence);
  const loading = useObservable(store.loading);
  const [{ act, slow }] = useState(() => actor(connection, toasts));
  const isSlow = useObservable(slow);
  const [filter, setFilter] = useState<Filter>(noFilter);
  // Keys come faster than the page is drawn: what they act on is changed at once, and drawn later.
  const { current: live } = useRef<Live>({ cursor: null, place: 0, selection: new Set(), mark: null });
  const [, redraw] = useState(0);
  const change = (to: Partial<Live>): void => {
    Object.assign(live, to);
    redraw((n) => n + 1);
  };
  const [asking, setAsking] = useState<Asking | null>(null);
  const [sheet, setSheet] = useState(false);
  const [tab, setTab] = useState<Tab>('themes');
  const [theme, setTheme] = useState(0); // that is looked at

  const items = useMemo(() => queueOf(list, filter), [list, filter]);
  const ids = useMemo(() => items.map((item) => item.id), [items]);
  const counts = useMemo(() => countsOf(list), [list]);
  const same = useMemo(() => sameWords(list), [list]);
  const looked = useMemo(() => lookers(people, me), [people, me]);
  const now = follow(ids, live.cursor, live.place);
  live.cursor = now;
  if (now !== null) live.place = ids.indexOf(now);
  const { selection, mark } = live;
  useLooking(connection, now, theme);

  const choose = (chosen: readonly string[]): void => change({ selection: new Set(chosen.slice(0, most)) });
  const setMark = (to: Mark | null): void => change({ mark: to });
  const go = (id: string | undefined, extend = false): void => {
    if (id === undefined) return;
    if (extend && live.cursor !== null) choose([...new Set([...live.selection, live.cursor, id])]);
    change({ cursor: id, place: Math.max(0, ids.indexOf(id)) });
    setTheme(0);
  };
  const toggle = (id: string): void => {
    const next = new Set(live.selection);
    if (!next.delete(id) && next.size < most) next.add(id);
    change({ selection: next });
  };
  const leave = (): void => {
    if (live.selection.size === 0 && filter.look !== 'all') go(ids[live.place + 1]);
    choose([]);
  };
  const doing = doings(store, act, toasts, t, { live, me, setMark, ask: setAsking, choose, leave });

  const pick = (id: string, event: MouseEvent): void => {
    if (event.shiftKey && live.cursor !== null) choose([...new Set([...live.selection, ...between(ids, live.cursor, id)])]);
    else if (event.ctrlKey || event.metaKey || (event.target instanceof Element && event.target.closest('.grip'))) toggle(id);
    go(id);
  };
  const newestPick = useRef(pick);
  newestPick.current = pick;
  const [steadyPick] = useState(() => (id: string, event: MouseEvent) => newestPick.current(id, event));

  const step = (by: number, extend: boolean): void => go(ids[Math.max(0, Math.min(ids.length - 1, live.place + by))], extend);
  const keys: Record<string, () => void> = {
    ArrowDown: () => step(1, false), ArrowUp: () => step(-1, false), j: () => step(1, false), k: () => step(-1, false),
    '⇧ArrowDown': () => step(1, true), '⇧ArrowUp': () => step(-1, true), J: () => step(1, true), K: () => step(-1, true),
    PageDown: () => step(8, false), PageUp: () => step(-8, false), Home: () => step(-ids.length, false), End: () => step(ids.length, false),
    ' ': () => live.cursor !== null && toggle(live.cursor), x: () => live.cursor !== null && toggle(live.cursor), A: () => choose(ids),
    a: doing.approve, h: doing.hold, r: doing.release, t: doing.gather, T: doing.ungather, g: doing.markTogether, e: doing.propose, s: doing.spotlight,
    o: doing.oppose, v: doing.review, V: doing.askReview, c: doing.outcome, z: doing.undoOwn,
    f: () => setFilter({ ...filter, look: looks[(looks.indexOf(filter.look) + 1) % looks.length] ?? 'unread' }),
    '/': () => document.getElementById('search')?.focus(),
    '?': () => setSheet(true),
    Escape: () => {
      if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
      setMark(null);
      choose([]);
    },
  };
  useKeys(asking === null && !sheet, (key) => {
    const press = keys[key];
    press?.();
    return press !== undefined;
  });

  const draggedIds = (dragged: string): readonly string[] => {
    const id = dragged.slice(2);
    return selection.has(id) ? [...selection] : [id];
  };
  useDragging({
    words: (dragged) => {
      if (dragged.startsWith('t:')) return all.themes.find((one) => one.number === Number(dragged.slice(2)))?.title ?? '';
      const chosen = draggedIds(dragged);
      const c = store.get(chosen[0] ?? null);
      return chosen.length === 1 && c ? label(c, 48) : t.size(chosen.length);
    },
    drop: (dragged, target) => {
      const [what, on] = [dragged[0], target[0]];
      if (what === 't' && on === 't') void act({ kind: 'merge_themes', from: Number(dragged.slice(2)), into: Number(target.slice(2)) }, t.doneMerge);
      if (what !== 'c') return;
      if (on === 't') doing.gatherUnder(draggedIds(dragged), Number(target.slice(2)));
      else if (on === 'c') doing.together(draggedIds(dragged), target.slice(2));
      else if (on === 'n') setAsking({ what: 'gather', ids: draggedIds(dragged), title: '' });
    },
  });

  const markedName = mark && (mark.side.theme !== undefined ? (all.themes.find((one) => one.number === mark.side.theme)?.title ?? '') : label(store.get(mark.side.contribution ?? null) ?? { title: '', text: '' }, 60));
  const narrowed = JSON.stringify({ ...filter, look: 'all' }) !== JSON.stringify({ ...noFilter, look: 'all' });
  return (
    <>
      <main class="facil">
        <Bar all={all} have={list.length} loading={loading} act={act} />
        <section class="queue" aria-label={t.queue}>
          <Filters filter={filter} set={setFilter} list={list} themes={all.themes} counts={counts} />
          {mark && (
            <p class="mark-note" role="status">
              {mark.of === 'tension' ? t.markTension(markedName ?? '') : t.markGather(markedName ?? '')}
              <button type="button" class="small" onClick={() => setMark(null)}>
                {t.cancel} <kbd>Esc</kbd>
              </button>
            </p>
          )}
          {items.length === 0 ? (
            <div class="empty">
              <p>{narrowed ? t.noneFound : t.none}</p>
              {narrowed && (
                <button type="button" onClick={() => setFilter({ ...noFilter, look: filter.look })}>
                  {t.clear}
                </button>
              )}
            </div>
          ) : (
            <QueueList
              items={items} cursor={now} selection={selection} lookedAt={looked.contributions} same={same} spotlight={all.spotlight}
              marked={mark?.side.contribution ?? null} pick={steadyPick}
            />
          )}
        </section>
        <Detail
          item={store.get(now)} selected={selection.size} same={same.get(now ?? '') ?? []} looker={looked.contributions.get(now ?? '') ?? ''} me={me}
          lit={now !== null && all.spotlight === now} doing={doing} store={store} connection={connection} choose={choose}
        />
        <SidePanel
          tab={tab} setTab={setTab} all={all} store={store} choose={choose} doing={doing} lookedAt={looked.themes} shown={filter.theme} look={setTheme}
          show={(number) => setFilter({ ...filter, theme: number, look: number === 0 ? filter.look : 'all' })} showNow={() => connection.showNow()} openKeys={() => setSheet(true)}
        />
      </main>
      <p class={isSlow ? 'working' : 'hidden'} role="status">
        {isSlow ? t.working : ''}
      </p>
      {asking && (
        <AskingDialog
          asking={asking} store={store} all={all} act={act} close={() => setAsking(null)}
          done={() => {
            setAsking(null);
            if (asking.what === 'tension') choose([]);
            else leave();
          }}
        />
      )}
      {sheet && <KeySheet close={() => setSheet(false)} />}
    </>
  );
}
