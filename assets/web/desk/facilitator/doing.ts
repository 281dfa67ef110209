// What the keys and buttons do with what is chosen, else with what the cursor is on.
import type { Toasts } from '../../shared/toasts';
import type { Act } from './act';
import type { Asking, Side } from './asking';
import { label, lastOwn, most } from './queue';
import type { Store } from './store';
import type { T } from './words';

export interface Mark {
  of: 'tension' | 'gather';
  side: Side;
}

// What keys act on, as it is now.
export interface Live {
  cursor: string | null;
  place: number; // the cursor's, in the queue
  selection: ReadonlySet<string>;
  mark: Mark | null;
}

export interface At {
  live: Readonly<Live>;
  me: string;
  setMark: (mark: Mark | null) => void;
  ask: (asking: Asking) => void;
  choose: (ids: readonly string[]) => void;
  leave: () => void; // what was chosen is done with: on to the next, whose key may come before the server's answer
}

export type Doing = ReturnType<typeof doings>;

export function doings(store: Store, act: Act, toasts: Toasts, t: T, at: At) {
  const { live, me } = at;
  const ids = (): string[] => (live.selection.size > 0 ? [...live.selection] : live.cursor === null ? [] : [live.cursor]).slice(0, most);
  const all = (): string[] => ids().filter((id) => store.get(id)?.state !== 'retracted');
  const each = (then: (ids: string[]) => void): void => {
    const chosen = all();
    if (chosen.length > 0) then(chosen);
  };
  const one = (then: (id: string) => void): void => void (live.cursor !== null && then(live.cursor));
  const sideIs = (a: Side, b: Side): boolean => a.contribution === b.contribution && a.theme === b.theme;

  // Under the theme of the one, else a new theme of both.
  const together = (moved: readonly string[], target: string): void => {
    const others = moved.filter((id) => id !== target);
    const theme = store.get(target)?.theme ?? 0;
    if (others.length === 0) return;
    if (theme !== 0) {
      at.choose([]);
      void act({ kind: 'gather', contributions: others, theme }, t.doneGather);
    } else {
      const c = store.get(target);
      at.ask({ what: 'gather', ids: [...others, target], title: c ? label(c, 60) : '' });
    }
  };
  const against = (side: Side): void => {
    const { mark } = live;
    if (mark?.of !== 'tension') at.setMark({ of: 'tension', side });
    else if (!sideIs(mark.side, side)) {
      at.setMark(null);
      at.ask({ what: 'tension', sides: [mark.side, side] });
    } else at.setMark(null);
  };

  return {
    approve: () => each((contributions) => {
      at.leave();
      void act({ kind: 'approve', contributions });
    }),
    hold: () => each((chosen) => at.ask({ what: 'hold', ids: chosen })),
    release: () => {
      const held = all().filter((id) => store.get(id)?.state === 'held');
      if (held.length === 0) return toasts.fault('not_held', '');
      at.leave();
      void act({ kind: 'release', contributions: held });
    },
    gather: () => each((chosen) => at.ask({ what: 'gather', ids: chosen, title: '' })),
    gatherUnder: (chosen: readonly string[], theme: number) => {
      at.choose([]);
      void act({ kind: 'gather', contributions: [...chosen].slice(0, most), theme }, t.doneGather);
    },
    ungather: () => each((contributions) => {
      at.choose([]);
      void act({ kind: 'gather', contributions, theme: 0 });
    }),
    together,
    // The keyboard's way: mark one, go to the other.
    markTogether: () => one((id) => {
      const { mark } = live;
      if (mark?.of !== 'gather' || mark.side.contribution === undefined) return at.setMark({ of: 'gather', side: { contribution: id } });
      at.setMark(null);
      together([mark.side.contribution], id);
    }),
    propose: () => one((id) => at.ask({ what: 'propose', id })),
    spotlight: () => one((id) => void act({ kind: 'set_spotlight', contribution: store.consolidation.get()?.spotlight === id ? null : id })),
    oppose: () => one((id) => against({ contribution: id })),
    opposeTheme: (theme: number) => against({ theme }),
    outcome: () => each((chosen) => at.ask({ what: 'outcome', ids: chosen })),
    askReview: () => one((id) => void act({ kind: 'ask_review', contribution: id }, t.doneReview)),
    review: () => one((id) => {
      const hold = store.get(id)?.hold;
      if (!hold) return toasts.fault('not_held', '');
      if (hold.by === me) void act({ kind: 'ask_review', contribution: id }, t.doneReview);
      else void act({ kind: 'confirm_hold', contribution: id }, t.confirmedBy(me));
    }),
    undo: (deed: number) => void act({ kind: 'undo_deed', deed }, t.doneUndo),
    undoOwn: () => {
      const deed = lastOwn(store.consolidation.get()?.recent ?? [], me);
      if (deed) void act({ kind: 'undo_deed', deed: deed.number }, t.doneUndo);
      else toasts.done(t.nothingMine);
    },
    ask: at.ask,
    act,
  };
}
