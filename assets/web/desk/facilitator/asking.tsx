// One question at a time, over the page: why to hold, which theme, which words. Escape gives it up.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { useWords } from '../../shared/hooks';
import type { Consolidation, HoldReason } from '../../shared/protocol';
import type { Act } from './act';
import { label } from './queue';
import type { Store } from './store';
import { ThemePick } from './theme-pick';
import { words } from './words';

export interface Side {
  contribution?: string;
  theme?: number;
}
export type Asking =
  | { what: 'hold' | 'outcome'; ids: readonly string[] }
  | { what: 'gather'; ids: readonly string[]; title: string }
  | { what: 'propose'; id: string }
  | { what: 'tension'; sides: [Side, Side] }
  | { what: 'merge' | 'rename' | 'themeOutcome' | 'removeTheme'; theme: number };

export const reasons: readonly HoldReason[] = ['insult', 'hate', 'personal_data', 'names_person', 'advert', 'unreadable', 'repeated'];

export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const stops = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>('input, textarea, button, select') ?? [])].filter((one) => !one.matches(':disabled'));
    (box.current?.querySelector<HTMLElement>('[data-first]') ?? stops()[0])?.focus();
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopImmediatePropagation();
        close();
      } else if (event.key === 'Tab') {
        const all = stops();
        const [end, other] = event.shiftKey ? [all[0], all[all.length - 1]] : [all[all.length - 1], all[0]];
        if (document.activeElement !== end) return;
        event.preventDefault();
        other?.focus();
      }
    };
    addEventListener('keydown', press, true);
    return () => {
      removeEventListener('keydown', press, true);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div class="veil" onClick={(event) => event.target === event.currentTarget && close()}>
      <div ref={box} class="dialog" role="dialog" aria-modal="true" aria-labelledby="asked">
        <h2 id="asked">{title}</h2>
        {children}
      </div>
    </div>
  );
}

function Buttons({ close, children }: { close: () => void; children?: ComponentChildren }) {
  const t = useWords(words);
  return (
    <div class="row end">
      {children}
      <button type="button" onClick={close}>
        {t.cancel} <kbd>Esc</kbd>
      </button>
    </div>
  );
}

interface Given {
  asking: Asking;
  store: Store;
  all: Consolidation;
  act: Act;
  close: () => void;
  done: () => void; // and what was chosen is done with
}

function HoldForm({ ids, store, act, close, done }: Given & { ids: readonly string[] }) {
  const t = useWords(words);
  const [reason, setReason] = useState<HoldReason | null>(null);
  const [note, setNote] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const criticism = ids.some((id) => store.get(id)?.kind === 'criticism');
  const choose = (one: HoldReason): void => {
    setReason(one);
    field.current?.focus();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!reason) return;
    done();
    void act({ kind: 'hold_back', contributions: [...ids], reason, ...(note.trim() && { note: note.trim() }) }, t.doneHold);
  };
  return (
    <Dialog title={t.holdTitle(ids.length)} close={close}>
      <form
        onSubmit={submit}
        onKeyDown={(event) => {
          const picked = reasons[Number(event.key) - 1];
          if (!picked || event.target === field.current) return;
          event.preventDefault();
          choose(picked);
        }}
      >
        {criticism && (
          <p class="warning" role="note">
            {t.criticismNote}
          </p>
        )}
        <fieldset class="reasons">
          <legend>{t.holdWhy}</legend>
          {reasons.map((one, at) => (
            <button key={one} type="button" aria-pressed={one === reason} {...(at === 0 && { 'data-first': true })} onClick={() => choose(one)}>
              <kbd>{at + 1}</kbd> {t[one]}
            </button>
          ))}
        </fieldset>
        <label>
          {t.note}
          <input ref={field} value={note} maxLength={200} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <Buttons close={close}>
          <button type="submit" class="main" disabled={!reason}>
            {t.hold} <kbd>↵</kbd>
          </button>
        </Buttons>
      </form>
    </Dialog>
  );
}

// A text and a yes.
function TextForm(props: { title: string; text: string; name: string; value: string; long?: boolean; send: (text: string) => void; close: () => void; maySendEmpty?: boolean; children?: ComponentChildren }) {
  const t = useWords(words);
  const [value, setValue] = useState(props.value);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (value.trim() !== '' || props.maySendEmpty) props.send(value.trim());
  };
  const field = { value, 'aria-label': props.name, 'data-first': true };
  return (
    <Dialog title={props.title} close={props.close}>
      <form onSubmit={submit}>
        {props.text && <p class="soft">{props.text}</p>}
        {props.children}
        {props.long ? (
          <textarea
            {...field} rows={4} onInput={(event) => setValue(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && !event.shiftKey && submit(event)}
          />
        ) : (
          <input {...field} maxLength={120} onInput={(event) => setValue(event.currentTarget.value)} />
        )}
        <Buttons close={props.close}>
          <button type="submit" class="main" disabled={value.trim() === '' && !props.maySendEmpty}>
            {t.send} <kbd>↵</kbd>
          </button>
        </Buttons>
      </form>
    </Dialog>
  );
}

export function AskingDialog(given: Given) {
  const { asking, store, all, act, close, done } = given;
  const t = useWords(words);
  const themeOf = (number: number) => all.themes.find((theme) => theme.number === number);
  const sideName = (side: Side): string => {
    const c = store.get(side.contribution ?? null);
    return c ? label(c, 90) : (themeOf(side.theme ?? 0)?.title ?? t.gone);
  };
  switch (asking.what) {
    case 'hold':
      return <HoldForm {...given} ids={asking.ids} />;
    case 'gather':
      return (
        <Dialog title={t.gatherTitle(asking.ids.length)} close={close}>
          <ThemePick
            themes={all.themes} initial={asking.title} hint={t.gatherHint} mayMake
            none={asking.ids.some((id) => (store.get(id)?.theme ?? 0) !== 0)}
            pick={(theme, title) => {
              done();
              void act({ kind: 'gather', contributions: [...asking.ids], ...(title ? { title } : { theme }) }, t.doneGather);
            }}
          />
          <Buttons close={close} />
        </Dialog>
      );
    case 'merge':
      return (
        <Dialog title={t.mergeTitle(themeOf(asking.theme)?.title ?? '')} close={close}>
          <ThemePick
            themes={all.themes.filter((theme) => theme.number !== asking.theme)} initial="" hint=""
            pick={(into) => {
              close();
              void act({ kind: 'merge_themes', from: asking.theme, into }, t.doneMerge);
            }}
          />
          <Buttons close={close} />
        </Dialog>
      );
    case 'propose': {
      const c = store.get(asking.id);
      return (
        <TextForm
          title={t.proposeTitle} text={t.proposeText} name={t.proposeTitle} value={c?.proposal ?? c?.text ?? ''} long close={close}
          send={(text) => {
            close();
            void act({ kind: 'propose_words', contribution: asking.id, text }, t.donePropose);
          }}
        >
          {c && c.proposal !== null && (
            <button
              type="button" class="quiet"
              onClick={() => {
                close();
                void act({ kind: 'propose_words', contribution: asking.id, text: '' });
              }}
            >
              {t.takeBack}
            </button>
          )}
        </TextForm>
      );
    }
    case 'tension':
      return (
        <TextForm
          title={t.tensionTitle} text={t.tensionText} name={t.tensionName} value="" maySendEmpty close={close}
          send={(title) => {
            done();
            void act({ kind: 'set_tension', ...(title && { title }), sides: asking.sides }, t.doneTension);
          }}
        >
          <div class="sides">
            <p>{sideName(asking.sides[0])}</p>
            <span>{t.versus}</span>
            <p>{sideName(asking.sides[1])}</p>
          </div>
          <span class="field-name">{t.tensionName}</span>
        </TextForm>
      );
    case 'outcome':
    case 'themeOutcome': {
      const now = 'ids' in asking ? store.get(asking.ids[0] ?? null)?.outcome : themeOf(asking.theme)?.outcome;
      return (
        <TextForm
          title={t.outcomeTitle} text={t.outcomeText} name={t.outcomeTitle} value={now?.text ?? ''} long maySendEmpty close={close}
          send={(text) => {
            close();
            void act({ kind: 'set_outcome', ...('ids' in asking ? { contributions: [...asking.ids] } : { theme: asking.theme }), text });
          }}
        />
      );
    }
    case 'rename':
      return (
        <TextForm
          title={t.renameTitle} text="" name={t.renameTitle} value={themeOf(asking.theme)?.title ?? ''} close={close}
          send={(title) => {
            close();
            void act({ kind: 'name_theme', theme: asking.theme, title });
          }}
        />
      );
    case 'removeTheme':
      return (
        <Dialog title={t.removeSure(themeOf(asking.theme)?.title ?? '')} close={close}>
          <Buttons close={close}>
            <button
              type="button" class="main" data-first
              onClick={() => {
                close();
                void act({ kind: 'remove_theme', theme: asking.theme });
              }}
            >
              {t.remove}
            </button>
          </Buttons>
        </Dialog>
      );
  }
}
