// The dock: the panels of the production desk, one open at a time below the sources, each a letter away.
//
// To add a panel: one file `NAME-panel.tsx` in this folder that exports a `Panel`, and its word in panels.ts. That is all:
// the tab, the key, the line in the sheet of keys, and that it opens again after a reload come from here.
//   - `key` is a capital letter that no other panel, face (N E S O W) or key of keys.ts has; a test holds it.
//   - `Body` fills the room it is given and scrolls inside it; it is mounted only while it is open, so what must survive
//     (a draft, a choice) goes through `useKept` of shared/kept.tsx. Fields take their text from `useTyped`.
//   - `Sign` is a few characters beside the title while there is something to know with the panel closed: a count, a time.
//   - All that changes the show goes through `send`: faults are shown by it, and it says how it went.
//   - `large` panels also take the room of the sources.
// Look: a body is laid out by `.panel-row` (tools in a line), `.panel-list` (rows) and `.panel-cards` (a grid) of dock.css;
// small buttons are `.small`, one that is on has aria-pressed="true". Add styles only for what is the panel's own.
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Connection, Outcome } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { language, type Language } from '../../shared/i18n';
import type { Observable } from '../../shared/observable';
import type { Pictures } from '../../shared/pictures';
import type { Actual, Command, DeskView, SoundLevels } from '../../shared/protocol';
import { words } from './words';

export interface PanelGiven {
  connection: Connection; // for GET and the show's time; commands go through send
  pictures: Pictures;
  view: DeskView;
  actual: Observable<Actual | null>;
  levels: Observable<SoundLevels | null>;
  chosen: readonly string[]; // the faces that cuts go to; none: program
  send: (command: Command) => Promise<Outcome>;
  labelOf: (sourceOrScene: string) => string;
  close: () => void;
}

export interface Panel {
  id: string;
  key: string;
  title: Readonly<Record<Language, string>>;
  Body: ComponentType<PanelGiven>;
  Sign?: ComponentType<PanelGiven>;
  large?: true;
  offered?: (view: DeskView) => boolean; // false: this show has nothing for it
}

interface DockGiven {
  panels: readonly Panel[];
  open: Panel | null;
  toggle: (panel: Panel) => void;
  given: PanelGiven;
}

export function Dock({ panels, open, toggle, given }: DockGiven) {
  const t = useWords(words);
  const lang = useObservable(language);
  const body = useRef<HTMLElement>(null);
  const was = useRef(open?.id);
  useEffect(() => {
    // The keyboard goes on in what was opened; Space and Enter still take.
    if (open && open.id !== was.current) body.current?.focus({ preventScroll: true });
    was.current = open?.id;
  }, [open]);
  return (
    <section class={`dock ${open ? 'open' : ''} ${open?.large ? 'large' : ''}`} aria-label={t.panels}>
      <div class="tabs" role="group" aria-label={t.panels}>
        {panels.map((panel) => (
          <button
            key={panel.id}
            type="button"
            data-panel={panel.id}
            aria-expanded={panel === open}
            {...(panel === open ? { 'aria-controls': 'panel' } : {})}
            onClick={() => toggle(panel)}
          >
            <kbd>{panel.key}</kbd> {panel.title[lang]}
            {panel.Sign && <panel.Sign {...given} />}
          </button>
        ))}
      </div>
      {open && (
        <section id="panel" ref={body} class={`body ${open.id}`} aria-label={open.title[lang]} tabIndex={-1}>
          <open.Body key={open.id} {...given} />
        </section>
      )}
    </section>
  );
}
