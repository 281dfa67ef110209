// Captions: the list in the order that they come on, one key to bring one on or off, its words under the hand.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Outcome } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { useMay } from '../../shared/may';
import { called, names } from '../../shared/names';
import { Observable } from '../../shared/observable';
import type { Caption, DeskView } from '../../shared/protocol';
import { keep, recall } from '../../shared/storage';
import { words } from './caption-words';
import { captionKey, freeCaptionName, isOn, labelIn, neighbour, templateOf, titleOfCaption } from './captions';
import { CaptionEditor } from './captions-edit';
import { CountdownBox } from './countdown';
import type { Panel, PanelGiven } from './dock';
import { isForField } from './keys';
import { Live } from './tiles';

// The one that the key means, whether its panel is open or not.
const picked = new Observable<string>(recall('caption') ?? '');
const pick = (name: string): void => {
  keep('caption', name);
  picked.set(name);
};
const chosenOf = (view: DeskView, name: string): Caption | undefined => view.captions?.find((one) => one.name === name) ?? view.captions?.[0];

interface Hands {
  chosen: Caption | undefined;
  toggle: (caption: Caption | undefined) => void;
  step: (by: number) => void;
}
function useHands({ view, chosen: faces, send }: PanelGiven): Hands {
  const chosen = chosenOf(view, useObservable(picked));
  const show = (caption: Caption, on: boolean): Promise<Outcome> => send({ kind: 'show_caption', name: caption.name, on, faces: [...faces] });
  return {
    chosen,
    toggle: (caption) => {
      if (!caption) return;
      pick(caption.name);
      void show(caption, !isOn(view, caption.name));
    },
    // The one beside the chosen takes its place; only on air when that was.
    step: (by) => {
      const next = neighbour(view.captions ?? [], chosen?.name ?? null, by);
      if (!next) return;
      pick(next.name);
      if (chosen && isOn(view, chosen.name)) void show(next, true);
    },
  };
}

// How many are on air; and the key, which works whatever panel is open.
function Sign(given: PanelGiven) {
  const { chosen, toggle, step } = useHands(given);
  // With the drawing: the key is meant for the faces that are seen to be chosen.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (recall('shortcuts') === 'false' || event.defaultPrevented || isForField(event) || event.key.toUpperCase() !== captionKey) return;
      event.preventDefault();
      if (event.shiftKey) step(1);
      else toggle(chosen);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  const on = given.view.captions?.filter((one) => isOn(given.view, one.name)).length ?? 0;
  return on > 0 ? <span class="sign">{on}</span> : null;
}

function Captions(given: PanelGiven) {
  const { connection, pictures, view, chosen: faces, send } = given;
  const t = useWords(words);
  const n = useWords(names);
  const lang = useObservable(language);
  const captions = view.captions ?? [];
  const templates = view.setup.caption_templates ?? [];
  const { chosen, toggle, step } = useHands(given);
  const may = useMay();
  const shows = may({ kind: 'show_caption', name: chosen?.name ?? '', on: true, faces: [...faces] });
  const steps = chosen && isOn(view, chosen.name) ? shows : {};
  const list = useRef<HTMLUListElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const write = (): void => panel.current?.querySelector<HTMLElement>('.caption-editor input, .caption-editor textarea')?.focus();
  const add = (template: string): void => {
    const name = freeCaptionName(view, template);
    void send({ kind: 'set_caption', name, template }).then((outcome) => {
      if (!outcome.ok) return;
      pick(name);
      requestAnimationFrame(write);
    });
  };
  // In the list arrows up and down choose, and the focus goes along; to the right are the words.
  const walk = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 0 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    if (by === 0) {
      write();
      return;
    }
    const next = neighbour(captions, chosen?.name ?? null, by);
    if (!next) return;
    pick(next.name);
    list.current?.querySelector<HTMLElement>(`[data-caption="${CSS.escape(next.name)}"]`)?.focus();
  };

  const faults = view.setup.faults ?? [];
  return (
    <div class="captions" ref={panel}>
      <div class="panel-row">
        <span class="hint">
          <kbd>{captionKey}</kbd> {t.hint} <kbd>⇧ {captionKey}</kbd> {t.next} <kbd>↑ ↓</kbd> {t.choose} <kbd>→</kbd> {t.write}
        </span>
        <span class="end tools small">
          <button type="button" onClick={() => step(-1)} disabled={captions.length < 2} {...steps}>
            {t.back}
          </button>
          <button type="button" onClick={() => step(1)} disabled={captions.length < 2} {...steps}>
            {t.forward}
          </button>
          <select aria-label={t.add} value="" onChange={(event) => add(event.currentTarget.value)} {...may('set_caption')}>
            <option value="" disabled>
              + {t.add}
            </option>
            {templates.map((one) => (
              <option key={one.name} value={one.name}>
                {labelIn(lang, one.label)}
              </option>
            ))}
          </select>
        </span>
      </div>
      {faults.length > 0 && (
        <details class="faults" role="status">
          <summary>
            {t.leftOut(faults.length)}
          </summary>
          <ul>
            {faults.map((fault) => (
              <li key={fault.file}>
                <code>{fault.code}</code> {fault.message}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="work">
        {captions.length === 0 && <p class="note">{t.none}</p>}
        <ul class="caption-list" ref={list} onKeyDown={walk} aria-label={t.captions}>
          {captions.map((caption) => {
            const template = templateOf(view, caption);
            const on = isOn(view, caption.name);
            return (
              <li key={caption.name} class={caption === chosen ? 'chosen' : ''}>
                <button
                  type="button"
                  class="tile"
                  data-caption={caption.name}
                  aria-pressed={on}
                  title={shows.title}
                  onClick={(event) => (event.detail > 0 || shows.disabled ? pick(caption.name) : toggle(caption))}
                  onDblClick={() => !shows.disabled && toggle(caption)}
                  onFocus={() => pick(caption.name)}
                >
                  <Live pictures={pictures} kind="view" name={`scene/${caption.name}`}>
                    {on && <span class="tag air">{template && template.bell_ms > 0 ? t.armed : t.onAir}</span>}
                  </Live>
                  <span class="caption">
                    <span class="name" dir="auto">
                      {titleOfCaption(caption, template)}
                    </span>
                    <span class="what">{template ? labelIn(lang, template.label) : caption.template}</span>
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
        {chosen && (
          <CaptionEditor
            key={chosen.name}
            caption={chosen}
            on={isOn(view, chosen.name)}
            where={faces.length === 0 ? t.everyFace : faces.map((face) => called(n, face)).join(', ')}
            {...{ view, faces, send }}
            toggle={() => toggle(chosen)}
          />
        )}
        <CountdownBox countdown={view.stage.countdown} connection={connection} send={send} />
      </div>
    </div>
  );
}

export const captionsPanel: Panel = {
  id: 'captions',
  key: 'T',
  title: { fr: 'Titrages', en: 'Titles' },
  Body: Captions,
  Sign,
};
