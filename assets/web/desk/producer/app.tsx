// The production desk: what is on the faces, what could be, and one press between them. All that is shown as
// done comes from the server's state; a press alone changes nothing here.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Connection, Outcome } from '../../shared/connection';
import { DiskNotice } from '../../shared/disk-notice';
import { Door, Header } from '../../shared/header';
import { useObservable, useWords } from '../../shared/hooks';
import { Identity, Moves } from '../../shared/identity';
import { Granted } from '../../shared/may';
import { called, names } from '../../shared/names';
import type { Observable } from '../../shared/observable';
import type { Pictures } from '../../shared/pictures';
import { RecordButton } from '../../shared/recordings';
import type { Actual, Command, DeskView, SoundLevels } from '../../shared/protocol';
import { asFlag, asText, asTexts, useKept } from '../../shared/kept';
import { refusal, rightsOf } from '../../shared/rights';
import { shownSources } from '../../shared/sources';
import { ToastList, type Toasts } from '../../shared/toasts';
import { stepOf } from '../../shared/undo';
import { Bank } from './bank';
import { captionTitle } from './captions';
import { Controls } from './controls';
import { Dock, type Panel } from './dock';
import { effectsPanel } from './effects-panel';
import { KeySheet } from './key-sheet';
import { actionOf, faceKeys, isForField, keysKey, type Action } from './keys';
import { titleOf } from './layers';
import { panels as allPanels } from './panels';
import { SceneEditor } from './scene-editor';
import { Overlays } from './scenes';
import { Switcher, blackLength } from './switcher';
import { FaceTile } from './tiles';
import { RundownBar } from './rundown-bar';
import { words } from './words';

interface Given {
  connection: Connection;
  pictures: Pictures;
  toasts: Toasts;
  view: Observable<DeskView | null>;
  actual: Observable<Actual | null>;
  levels: Observable<SoundLevels | null>;
}

export function ProducerPage({ connection, pictures, toasts, view: viewStore, actual, levels }: Given) {
  const t = useWords(words);
  const link = useObservable(connection.link);
  const view = useObservable(viewStore);
  const [shortcuts, setShortcuts] = useKept('shortcuts', true, asFlag);
  const [sheet, setSheet] = useState(false);
  const rights = rightsOf(useObservable(connection.welcome));
  return (
    <>
      <Header title={t.title} link={link} {...(view ? { sub: view.title } : {})}>
        {view && (
          <Granted value={rights}>
            <Recording {...{ connection, toasts, view, actual }} />
          </Granted>
        )}
        <Moves connection={connection} />
        <Identity connection={connection} />
        <button
          type="button"
          class="quiet toggle"
          aria-pressed={shortcuts}
          onClick={() => setShortcuts(!shortcuts)}
        >
          {t.shortcuts} <strong>{shortcuts ? t.on : t.off}</strong>
        </button>
        <button type="button" class="quiet all-keys" aria-haspopup="dialog" onClick={() => setSheet(true)}>
          <kbd>{keysKey}</kbd> {t.allKeys}
        </button>
      </Header>
      <DiskNotice actual={actual} />
      <Door connection={connection}>
        {view ? (
          <Desk view={view} actual={actual} shortcuts={shortcuts && !sheet} sheet={() => setSheet(true)} {...{ connection, pictures, toasts, levels }} />
        ) : (
          <main class="wait">{t.loading}</main>
        )}
      </Door>
      <ToastList toasts={toasts} />
      {sheet && view && <KeySheet view={view} close={() => setSheet(false)} />}
    </>
  );
}

// By itself, so that its clock does not draw the desk again each second.
function Recording({ connection, toasts, view, actual }: Pick<Given, 'connection' | 'toasts' | 'actual'> & { view: DeskView }) {
  const send = async (command: Command): Promise<Outcome> => {
    const outcome = await connection.command(command);
    toasts.check(outcome);
    return outcome;
  };
  return <RecordButton view={view} actual={useObservable(actual)} send={send} />;
}

interface DeskProps extends Omit<Given, 'view'> {
  view: DeskView;
  shortcuts: boolean;
  sheet: () => void; // shows all keys
}

const prefixLasts = 2500; // milliseconds

function Desk({ connection, pictures, toasts, view, actual, levels, shortcuts, sheet }: DeskProps) {
  const t = useWords(words);
  const n = useWords(names);
  // The faces chosen, none for program. Read through the reference: the next key may come before the next drawing.
  const [target, showTarget] = useKept<readonly string[]>('target', [], asTexts, 'session');
  const aimed = useRef(target);
  const [grouping, setGrouping] = useState(false);
  const [toPreview, setToPreview] = useKept('to-preview', false, asFlag);
  const [pending, setPending] = useState<readonly Command[]>([]);
  const [edited, setEdited] = useKept('edited', '', asText, 'session');
  const [panelId, setPanelId] = useKept('panel', '', asText);
  const prefix = useRef<{ of: 'scene' | 'overlay'; until: number } | null>(null);

  const { setup, stage } = view;
  const scenes = Object.values(view.scenes.list);
  const faces = setup.faces.map((f) => f.name);
  const panels = allPanels.filter((panel) => panel.offered?.(view) !== false);
  const openPanel = panels.find((panel) => panel.id === panelId) ?? null;
  const keysOfPanels = panels.map((panel) => panel.key);
  const keysOfFaces = faceKeys(faces.map((face) => called(n, face)), allPanels.map((panel) => panel.key));
  const rights = rightsOf(useObservable(connection.welcome));
  // Who may touch some faces only aims at these: program is everybody's picture.
  const aimedAt = (wanted: readonly string[]): string[] =>
    faces.filter((face) => (wanted.length === 0 ? rights.faces : wanted).includes(face));
  const chosen = aimedAt(target);
  const labelOf = (name: string): string => {
    const scene = view.scenes.list[name];
    return scene ? titleOf(scene) : setup.sources.find((one) => one.name === name)?.label || captionTitle(view, name);
  };

  const send = async (command: Command): Promise<Outcome> => {
    const code = refusal(rights, command);
    if (code) {
      const refused = { ok: false, code, message: '' };
      toasts.check(refused);
      return refused;
    }
    setPending((all) => [...all, command]);
    const outcome = await connection.command(command);
    toasts.check(outcome);
    setPending((all) => all.filter((one) => one !== command));
    return outcome;
  };
  const setTarget = (wanted: readonly string[]): void => {
    aimed.current = wanted;
    showTarget(wanted);
  };
  const targets = (): string[] => aimedAt(aimed.current);
  const aim = (face: string, also: boolean, again: boolean): void => {
    const now = targets();
    if (also || grouping) setTarget(now.includes(face) ? now.filter((one) => one !== face) : [...now, face]);
    else setTarget(again && now.length === 1 && now[0] === face ? [] : [face]);
  };
  const pick = (scene: string, other: boolean): void => {
    if (toPreview !== other) void send({ kind: 'preview', scene });
    else void send({ kind: 'cut', scene, faces: targets() });
  };
  const take = (transition?: string): void => void send({ kind: 'take', faces: targets(), ...(transition ? { transition } : {}) });
  const overlay = (scene: string): void => {
    const on = stage.overlays.some((o) => o.scene === scene && o.shown.on);
    void send({ kind: 'set_overlay', scene, on: !on, length_ms: 500, faces: targets() });
  };
  const swap = (): void => {
    const [one, other, third] = targets();
    if (one !== undefined && other !== undefined && third === undefined) void send({ kind: 'swap_faces', one, other });
  };

  const toggle = (panel: Panel): void => {
    setEdited('');
    setPanelId(panel.id === panelId && edited === '' ? '' : panel.id);
  };

  const act = (action: Action): void => {
    const before = prefix.current;
    prefix.current = null;
    if (action.do === 'prefix') prefix.current = { of: action.of, until: performance.now() + prefixLasts };
    else if (action.do === 'target') {
      if (action.face === null) setTarget([]);
      else aim(action.face, action.also === true, false);
    } else if (action.do === 'group') setGrouping(!grouping);
    else if (action.do === 'swap') swap();
    else if (action.do === 'keys') sheet();
    else if (action.do === 'panel') {
      const panel = panels.find(({ key }) => key === action.key);
      if (panel) toggle(panel);
    }
    else if (action.do === 'go') void send({ kind: 'go' });
    else if (action.do === 'back') void send({ kind: 'back' });
    else if (action.do === 'follow') void send({ kind: 'follow', faces: targets() });
    else if (action.do === 'take') take(action.cut ? 'cut' : undefined);
    else if (action.do === 'black') void send({ kind: 'fade_to_black', down: !stage.black.on, length_ms: blackLength });
    else if (action.do === 'wall') void send({ kind: 'place_wall', placement: action.placement, faces: targets() });
    else if (before && before.until > performance.now()) {
      const scene = scenes[action.at];
      if (scene && before.of === 'overlay') overlay(scene.name);
      else if (scene) pick(scene.name, action.other);
    } else {
      const source = shownSources(setup)[action.at];
      if (source) pick(source.name, action.other);
    }
  };
  // With the drawing: a key pressed right after is heard.
  useLayoutEffect(() => {
    if (!shortcuts) return undefined;
    const press = (event: KeyboardEvent): void => {
      const step = stepOf(event);
      if (step !== 0) {
        event.preventDefault();
        void send({ kind: step < 0 ? 'undo' : 'redo' });
        return;
      }
      const action = isForField(event) ? null : actionOf(event, faces, keysOfFaces, keysOfPanels);
      if (!action) return;
      event.preventDefault();
      act(action);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });

  const isPending = (test: (command: Command) => boolean): boolean => pending.some(test);
  const editedScene = view.scenes.list[edited];
  const where = chosen.length === 0 ? t.toProgram : chosen.map((face) => called(n, face)).join(', ');

  return (
    <Granted value={rights}>
      <main class={`producer ${editedScene ? 'editing' : ''} ${openPanel && !editedScene ? 'docked' : ''} ${openPanel?.large ? 'wide' : ''}`}>
        <div class="buses">
          <Switcher
            pictures={pictures}
            {...{ stage, chosen }}
            where={t.takeTo(where)}
            labelOf={labelOf}
            send={(command) => void send(command)}
            take={take}
            isPending={isPending}
            effects={() => toggle(effectsPanel)}
          />
          <RundownBar
            view={view}
            showNow={() => connection.showNow() * 1e6}
            isPending={(kind) => isPending((c) => c.kind === kind)}
            send={(command) => void send(command)}
          />
        </div>
        <div class="desk-side">
          <section class="faces" aria-labelledby="faces">
            <h2 id="faces" class="hidden">
              {t.faces}
            </h2>
            {faces.map((face, at) => {
              const own = stage.faces[face]?.own ?? null;
              return (
                <FaceTile
                  key={face}
                  pictures={pictures}
                  name={face}
                  shortcut={keysOfFaces[at] ?? ''}
                  chosen={chosen.includes(face)}
                  own={own === null ? null : labelOf(own.scene)}
                  placement={stage.faces[face]?.wall ?? ''}
                  onPress={(also) => aim(face, also, true)}
                />
              );
            })}
          </section>
          <Controls
            {...{ stage, chosen, faces, where, grouping, toPreview, isPending }}
            program={() => setTarget([])}
            group={() => setGrouping(!grouping)}
            swap={swap}
            send={(command) => void send(command)}
            goTo={setToPreview}
          />
          <Overlays {...{ view, chosen }} toggle={overlay} isPending={(scene) => isPending((c) => c.kind === 'set_overlay' && c.scene === scene)} />
        </div>
        {editedScene ? (
          <SceneEditor key={editedScene.name} scene={editedScene} {...{ pictures, view, labelOf, send }} edit={setEdited} close={() => setEdited('')} />
        ) : (
          !openPanel?.large && <Bank {...{ pictures, view, actual, chosen, toPreview, isPending, pick, send, labelOf }} edit={setEdited} />
        )}
        <Dock
          panels={panels}
          open={editedScene ? null : openPanel}
          toggle={toggle}
          given={{ connection, pictures, view, actual, levels, chosen, send, labelOf, close: () => setPanelId('') }}
        />
      </main>
    </Granted>
  );
}
