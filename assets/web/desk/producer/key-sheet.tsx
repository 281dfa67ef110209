// All keys of the desk on one sheet, as they are on this keyboard and in this language.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { called, names, placements } from '../../shared/names';
import type { DeskView } from '../../shared/protocol';
import { captionKey } from './captions';
import { blackKey, faceKeys, followKey, goKey, groupKey, keysKey, overlayKey, placementKeys, programKey, sceneKey, swapKey } from './keys';
import { keyWords } from './key-words';
import { panels } from './panels';
import { words } from './words';

export function KeySheet({ view, close }: { view: DeskView; close: () => void }) {
  const t = useWords(words);
  const k = useWords(keyWords);
  const n = useWords(names);
  const lang = useObservable(language);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    button.current?.focus();
    // The button is all that can be reached until it is closed.
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Tab') event.preventDefault();
      if (event.key !== 'Escape' && event.key !== keysKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    };
    addEventListener('keydown', press, true);
    return () => {
      removeEventListener('keydown', press, true);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const faces = view.setup.faces.map(({ name }) => called(n, name));
  const letters = faceKeys(faces, panels.map((panel) => panel.key));
  const groups: [title: string, lines: [keys: string, does: string][]][] = [
    [k.take, [[t.space, k.cut], ['↵', k.auto], ['1–9', k.source], ['⇧ 1–9', k.other], [`${sceneKey} 1–9`, k.scene], [`${overlayKey} 1–9`, k.overlay], [blackKey, k.black], [captionKey, k.caption], [`⇧ ${captionKey}`, k.nextCaption]]],
    [k.faces, [...faces.map((face, at): [string, string] => [`${letters[at] ?? ''} / F${at + 1}`, face]), [`⇧ ${letters[0] ?? ''}`, k.also], [groupKey, k.group], [`${programKey} / Esc`, k.program], [followKey, k.follow], [swapKey, k.swap]]],
    [k.cues, [[`${goKey} / Page ↓`, k.go], [`⇧ ${goKey} / Page ↑`, k.back]]],
    [t.wall, placements.map((placement) => [placementKeys[placement], n[placement]])],
    [t.panels, [...panels.filter((panel) => panel.offered?.(view) !== false).map((panel): [string, string] => [panel.key, panel.title[lang]]), [keysKey, t.allKeys]]],
    [k.edit, [['Ctrl Z', k.undo], ['⇧ Ctrl Z', k.redo], ['Tab', k.next], ['← ↑ → ↓', k.arrows], ['Esc', k.leave]]],
  ];
  return (
    <div class="sheet" onClick={(event) => event.target === event.currentTarget && close()}>
      <div role="dialog" aria-modal="true" aria-labelledby="all-keys">
        <div class="head">
          <h2 id="all-keys">{t.allKeys}</h2>
          <button ref={button} type="button" onClick={close}>
            <kbd>Esc</kbd> {t.closeKeys}
          </button>
        </div>
        <div class="groups">
          {groups.map(([title, lines]) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {lines.map(([keys, does]) => (
                  <div key={keys}>
                    <dt>
                      <kbd>{keys}</kbd>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}
