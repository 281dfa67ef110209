// The keys of the desk, and the sheet that tells them.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { Dialog } from './asking';
import { words } from './words';

// By what `key` says, capitals for Shift. True: it was this desk's.
export function useKeys(on: boolean, press: (key: string, event: KeyboardEvent) => boolean): void {
  const newest = useRef(press);
  newest.current = press;
  useLayoutEffect(() => {
    if (!on) return undefined;
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target instanceof Element ? event.target : null;
      const field = target?.closest('input, textarea, select');
      if (field && event.key !== 'Escape') return;
      if (target?.closest('button') && (event.key === ' ' || event.key === 'Enter')) return;
      if (target?.closest('[role=tablist]') && event.key.startsWith('Arrow')) return;
      const key = event.key.length === 1 ? (event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()) : `${event.shiftKey ? '⇧' : ''}${event.key}`;
      if (newest.current(key, event)) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [on]);
}

export function KeySheet({ close }: { close: () => void }) {
  const t = useWords(words);
  const lines: readonly [keys: string, does: string][] = [
    ['↑ ↓ / J K', t.k_move], ['⇧ ↑ ↓', t.k_extend], ['␣ / X', t.k_select], ['⇧ A', t.k_all], ['/', t.k_search], ['F', t.k_looks],
    ['A', t.approve], ['H 1…7', `${t.hold} – ${t.k_reason}`], ['R', t.release], ['V', `${t.confirm} / ${t.review}`], ['⇧ V', t.review],
    ['T', t.gather], ['⇧ T', t.ungather], ['G', t.k_together], ['O', t.oppose], ['S', t.spotlight], ['E', t.propose], ['C', t.outcome],
    ['Z', t.undoMine], ['Esc', t.k_escape], ['?', t.k_sheet],
  ];
  return (
    <Dialog title={t.allKeys} close={close}>
      <dl class="keys">
        {lines.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div class="row end">
        <button type="button" data-first onClick={close}>
          {t.close} <kbd>Esc</kbd>
        </button>
      </div>
    </Dialog>
  );
}
