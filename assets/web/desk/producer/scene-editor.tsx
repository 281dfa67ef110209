// A scene under the hand: its live picture with outlines to drag, its layers in their order, and each by its numbers.
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Outcome } from '../../shared/connection';
import { seconds } from '../../shared/format';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { May, useMay } from '../../shared/may';
import type { Pictures } from '../../shared/pictures';
import type { Command, DeskView, Layer, Scene } from '../../shared/protocol';
import { keep, recall } from '../../shared/storage';
import { useTyped } from '../../shared/typed';
import { UndoButtons } from '../../shared/undo';
import { LayerPanel } from './layer-panel';
import { LayerSender } from './layer-sender';
import { captionTitle } from './captions';
import { boards, contentOf, freeName, layouts, reordered, titleOf, withNew } from './layers';
import { LayoutSign } from './layout-sign';
import { sceneWords } from './scene-words';
import { StageCanvas } from './stage-canvas';

interface Given {
  pictures: Pictures;
  view: DeskView;
  scene: Scene;
  labelOf: (name: string) => string;
  send: (command: Command) => Promise<Outcome>;
  edit: (scene: string) => void;
  close: () => void;
}

const glides: readonly number[] = [0, 300, 500, 1000, 2000]; // milliseconds
const draftOutlives = 400; // milliseconds after the last answer, while the state that it made is on its way

export function SceneEditor({ pictures, view, scene, labelOf, send, edit, close }: Given) {
  const t = useWords(sceneWords);
  const lang = useObservable(language);
  const may = useMay();
  const sets = may('set_scene');
  const setsLayer = may('set_layer');
  const [chosen, setChosen] = useState<string | null>(scene.layers[scene.layers.length - 1]?.name ?? null);
  const [glide, setGlide] = useState(() => Number(recall('glide') ?? 500));
  const [kind, setKind] = useState(`source:${view.setup.sources[0]?.name ?? ''}`);
  // The layer under the hand is ahead of the server's.
  const [draft, setDraft] = useState<Layer | null>(null);
  const newest = useRef<Layer | null>(null);
  const sendNow = useRef(send);
  sendNow.current = send;
  const sender = useMemo(() => new LayerSender((name, layer) => sendNow.current({ kind: 'set_layer', scene: name, layer })), []);

  const take = (layer: Layer | null): void => {
    newest.current = layer;
    setDraft(layer);
  };
  const change = (layer: Layer): void => {
    take(layer);
    sender.put(scene.name, layer, () => setTimeout(() => newest.current === layer && take(null), draftOutlives));
  };
  const layers = scene.layers.map((layer) => (draft?.name === layer.name ? draft : layer));
  const set = (next: readonly Layer[], label = scene.label): Promise<Outcome> =>
    send({ kind: 'set_scene', name: scene.name, label, layers: [...next], ...(glide > 0 ? { glide_ms: glide } : {}) });
  const setLayer = (layer: Layer): void => {
    take(null);
    void send({ kind: 'set_layer', scene: scene.name, layer, ...(glide > 0 ? { glide_ms: glide } : {}) });
  };
  const titleOfScene = (name: string): string => titleOf(view.scenes.list[name] ?? { name, label: '', layers: [] });
  const boardName = (name: string): string => {
    const known = boards.find((board) => board === name);
    return known ? t[`board_${known}`] : name;
  };
  const nameOf = ({ content }: Layer): string => {
    if (content.kind === 'source') return view.setup.sources.find((s) => s.name === content.source)?.label || content.source;
    if (content.kind === 'scene') return titleOfScene(content.scene);
    if (content.kind === 'caption') return captionTitle(view, content.caption);
    if (content.kind === 'board') return boardName(content.board);
    return content.kind === 'text' ? content.text.split('\n')[0] || t.text : t[content.kind];
  };
  const add = (): void => {
    const [what = '', ...name] = kind.split(':');
    const made = withNew(scene.layers, contentOf(what, name.join(':')));
    setChosen(made.name);
    void set(made.layers);
  };
  const remove = (name: string): void => void set(scene.layers.filter((l) => l.name !== name));
  const duplicate = (): void => {
    const label = t.copyOf(titleOf(scene));
    const name = freeName(scene.name, [...Object.keys(view.scenes.list), ...view.setup.sources.map((s) => s.name)]);
    void send({ kind: 'set_scene', name, label, layers: scene.layers }).then((outcome) => outcome.ok && edit(name));
  };
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || (event.target instanceof Element && event.target.closest('input, textarea, select'))) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // it ends the editing, and nothing else
      close();
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [close]);

  const title = useTyped(titleOf(scene), (text) => {
    if (text.trim() !== '') void set(scene.layers, text.trim());
  });
  const front = [...layers].reverse();
  const selected = layers.find((l) => l.name === chosen) ?? null;
  const size = view.setup.faces[0] ?? { width: 1920, height: 1080 };
  return (
    <section class="editor" aria-label={`${t.editing} ${titleOf(scene)}`} data-scene={scene.name}>
      <header class="bar">
        <button type="button" class="main" onClick={close}>
          <kbd>Esc</kbd> {t.back}
        </button>
        <input class="title" aria-label={t.label} maxLength={60} {...title} {...sets} />
        <UndoButtons edits={view.edits.producer} {...{ labelOf, send }} />
        <button type="button" onClick={duplicate} {...sets}>{t.duplicate}</button>
        <button type="button" onClick={() => void send({ kind: 'remove_scene', name: scene.name }).then((outcome) => outcome.ok && close())} {...may('remove_scene')}>
          {t.remove}
        </button>
      </header>
      <div class="work">
        <div class="on-stage">
          <StageCanvas
            {...{ pictures, scene, layers, size, chosen, nameOf, remove, change }}
            locked={setsLayer.disabled === true}
            choose={setChosen}
          />
          <p id="stage-keys" class="note">{t.stageKeys}</p>
          <div class="presets">
            <div class="layouts" role="group" aria-label={t.layouts}>
              {layouts.map((layout) => (
                <button
                  key={layout}
                  type="button"
                  title={t[layout]}
                  aria-label={t[layout]}
                  data-layout={layout}
                  disabled={layers.length === 0}
                  onClick={() => {
                    take(null);
                    void send({ kind: 'arrange_scene', scene: scene.name, layout, ...(glide > 0 ? { glide_ms: glide } : {}) });
                  }}
                  {...may('arrange_scene')}
                >
                  <LayoutSign layout={layout} />
                </button>
              ))}
            </div>
            <label class="glide">
              <span>{t.glide}</span>
              <select
                value={glide}
                onChange={(event) => {
                  keep('glide', event.currentTarget.value);
                  setGlide(Number(event.currentTarget.value));
                }}
              >
                {glides.map((ms) => (
                  <option key={ms} value={ms}>
                    {ms === 0 ? t.direct : seconds(ms, lang)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </div>
        <div class="side">
          <form
            class="add"
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <select aria-label={t.addWhat} value={kind} onChange={(event) => setKind(event.currentTarget.value)} {...sets}>
              <optgroup label={t.sources}>
                {view.setup.sources.map((s) => (
                  <option key={s.name} value={`source:${s.name}`}>{s.label || s.name}</option>
                ))}
              </optgroup>
              <optgroup label={t.scenes}>
                {Object.values(view.scenes.list).filter((s) => s.name !== scene.name).map((s) => (
                  <option key={s.name} value={`scene:${s.name}`}>{titleOf(s)}</option>
                ))}
              </optgroup>
              <optgroup label={t.captions}>
                {view.captions?.map((one) => (
                  <option key={one.name} value={`caption:${one.name}`}>{captionTitle(view, one.name)}</option>
                ))}
              </optgroup>
              <optgroup label={t.boards}>
                {boards.map((board) => (
                  <option key={board} value={`board:${board}`}>{t[`board_${board}`]}</option>
                ))}
              </optgroup>
              <optgroup label={t.others}>
                {(['colour', 'text', 'wall', 'qr'] as const).map((what) => (
                  <option key={what} value={what}>{t[what]}</option>
                ))}
              </optgroup>
            </select>
            <button type="submit" {...sets}>{t.add}</button>
          </form>
          {front.length === 0 && <p class="note">{t.noLayers}</p>}
          <ol class="layers" aria-label={t.layers}>
            {front.map((layer, at) => (
              <li key={layer.name} class={chosen === layer.name ? 'chosen' : ''}>
                <button
                  type="button" class="eye" aria-pressed={layer.visible} aria-label={t.show(nameOf(layer))} title={t.show(nameOf(layer))}
                  onClick={() => setLayer({ ...layer, visible: !layer.visible })}
                  {...setsLayer}
                >
                  <span aria-hidden="true">{layer.visible ? '●' : '○'}</span>
                </button>
                <button type="button" class="name" aria-pressed={chosen === layer.name} onClick={() => setChosen(layer.name)}>
                  {nameOf(layer)}
                </button>
                <button type="button" aria-label={t.forward(nameOf(layer))} disabled={at === 0} onClick={() => void set(reordered(scene.layers, layer.name, 1))} {...sets}>
                  <span aria-hidden="true">↑</span>
                </button>
                <button type="button" aria-label={t.backward(nameOf(layer))} disabled={at === front.length - 1} onClick={() => void set(reordered(scene.layers, layer.name, -1))} {...sets}>
                  <span aria-hidden="true">↓</span>
                </button>
                <button type="button" aria-label={t.removeLayer(nameOf(layer))} onClick={() => remove(layer.name)} {...sets}>
                  <span aria-hidden="true">✕</span>
                </button>
              </li>
            ))}
          </ol>
          {selected && (
            <May do="set_layer">
              <LayerPanel key={selected.name} view={view} scene={scene.name} layer={selected} change={setLayer} />
            </May>
          )}
        </div>
      </div>
    </section>
  );
}
