// Beside the queue: themes, tensions, words, steps.
import { useWords } from '../../shared/hooks';
import type { Consolidation } from '../../shared/protocol';
import { Deeds } from './deeds';
import type { Doing } from './doing';
import type { Store } from './store';
import { Tensions } from './tensions';
import { Terms } from './terms';
import { Suggestions } from './suggestions';
import { Themes } from './themes';
import { words } from './words';

const tabs = ['themes', 'tensions', 'terms', 'deeds'] as const;
export type Tab = (typeof tabs)[number];

interface Given {
  tab: Tab;
  setTab: (tab: Tab) => void;
  all: Consolidation;
  store: Store;
  choose: (ids: readonly string[]) => void;
  doing: Doing;
  lookedAt: ReadonlyMap<number, string>;
  shown: number;
  look: (theme: number) => void;
  show: (theme: number) => void;
  showNow: () => number;
  openKeys: () => void;
}

export function SidePanel({ tab, setTab, all, store, choose, doing, lookedAt, shown, look, show, showNow, openKeys }: Given) {
  const t = useWords(words);
  const toLook = all.tensions.filter((tension) => !tension.shown).length;
  const counts: Partial<Record<Tab, string>> = {
    themes: `${all.themes.length}`, tensions: toLook > 0 ? `${all.tensions.length} ⚑` : `${all.tensions.length}`, terms: `${all.terms.length}`,
  };
  return (
    <section class="side-panel" aria-label={t[tab]}>
      <div class="tabs">
        <div role="tablist" aria-label={t.queue}>
          {tabs.map((one, at) => (
            <button
              key={one} type="button" role="tab" id={`tab-${one}`} aria-selected={one === tab} aria-controls="tab-panel" tabIndex={one === tab ? 0 : -1} onClick={() => setTab(one)}
              onKeyDown={(event) => {
                const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                const next = tabs[(at + by + tabs.length) % tabs.length];
                if (by === 0 || !next) return;
                setTab(next);
                document.getElementById(`tab-${next}`)?.focus();
              }}
            >
              {t[one]} {counts[one] && <span class="count">{counts[one]}</span>}
            </button>
          ))}
        </div>
        <button type="button" class="small" aria-label={t.allKeys} title={t.allKeys} onClick={openKeys}>
          <kbd>?</kbd>
        </button>
      </div>
      <div id="tab-panel" class="panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === 'themes' && <Suggestions store={store} choose={choose} />}
        {tab === 'themes' && <Themes themes={all.themes} shown={shown} lookedAt={lookedAt} doing={doing} show={show} look={look} />}
        {tab === 'tensions' && <Tensions tensions={all.tensions} doing={doing} />}
        {tab === 'terms' && <Terms terms={all.terms} doing={doing} />}
        {tab === 'deeds' && <Deeds store={store} doing={doing} showNow={showNow} />}
      </div>
    </section>
  );
}
