// The production desk: what is on the faces, what could be, and one press between them. All that is shown as
// done comes from the server's state; a press alone changes nothing here.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { DiskNotice } from '../../shared/disk-notice';
import { Door, Header } from '../../shared/header';
import { useObservable, useWords } from '../../shared/hooks';
import { called, names, placements } from '../../shared/names';
import type { Observable } from '../../shared/observable';
import type { Pictures } from '../../shared/pictures';
import type { Actual, Command, DeskView, Placement, SoundLevels, TransitionName } from '../../shared/protocol';
import { keep, recall } from '../../shared/storage';
import { ToastList, type Toasts } from '../../shared/toasts';
import { Switcher, blackLength } from './switcher';
import { actionOf, faceKeys, followKey, isForField, placementKeys, programKey, type Action } from './keys';
import { SoundStrip } from './sound';
import { FaceTile, SourceTile } from './tiles';
import { MediaPanel } from './media';
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
  const [shortcuts, setShortcuts] = useState(() => recall('shortcuts') !== 'off');
  return (
    <>
      <Header title={t.title} link={link} {...(view ? { sub: view.title } : {})}>
        <button
          type="button"
          class="quiet toggle"
          aria-pressed={shortcuts}
          onClick={() => {
            keep('shortcuts', shortcuts ? 'off' : 'on');
            setShortcuts(!shortcuts);
          }}
        >
          {t.shortcuts} : <strong>{shortcuts ? t.on : t.off}</strong>
        </button>
      </Header>
      <DiskNotice actual={actual} />
      <Door connection={connection}>
        {view ? (
          <Desk view={view} actual={actual} shortcuts={shortcuts} {...{ connection, pictures, toasts, levels }} />
        ) : (
          <main class="wait">{t.loading}</main>
        )}
      </Door>
      <ToastList toasts={toasts} />
    </>
  );
}

interface DeskProps extends Omit<Given, 'view'> {
  view: DeskView;
  shortcuts: boolean;
}

function Desk({ connection, pictures, toasts, view, actual: actualStore, levels, shortcuts }: DeskProps) {
  const t = useWords(words);
  const n = useWords(names);
  const actual = useObservable(actualStore);
  // A face, or null for program. Read through the reference: the next key may come before the next drawing.
  const [target, showTarget] = useState<string | null>(null);
  const aimed = useRef<string | null>(null);
  const setTarget = (face: string | null): void => {
    aimed.current = face;
    showTarget(face);
  };
  const [toPreview, setToPreview] = useState(() => recall('pick') === 'preview');
  const [pending, setPending] = useState<readonly Command[]>([]);

  const { setup, stage } = view;
  const faces = setup.faces.map((f) => f.name);
  const keysOfFaces = faceKeys(faces.map((face) => called(n, face)));
  const chosen = target !== null && faces.includes(target) ? target : null;
  const labelOf = (name: string): string => setup.sources.find((s) => s.name === name)?.label || name;

  const send = async (command: Command): Promise<void> => {
    setPending((all) => [...all, command]);
    toasts.check(await connection.command(command));
    setPending((all) => all.filter((one) => one !== command));
  };
  const targets = (): string[] => (aimed.current !== null && faces.includes(aimed.current) ? [aimed.current] : []);
  const pick = (source: string, other: boolean): void => {
    if (toPreview !== other) void send({ kind: 'preview', scene: source });
    else void send({ kind: 'cut', scene: source, faces: targets() });
  };
  const take = (transition?: TransitionName): void =>
    void send({ kind: 'take', faces: targets(), ...(transition ? { transition } : {}) });
  const black = (): void => void send({ kind: 'fade_to_black', down: !stage.black.on, length_ms: blackLength });
  const follow = (): void => void send({ kind: 'follow', faces: targets() });
  const place = (placement: Placement): void => void send({ kind: 'place_wall', placement, faces: targets() });

  const act = (action: Action): void => {
    if (action.do === 'target') setTarget(action.face);
    else if (action.do === 'follow') follow();
    else if (action.do === 'take') take(action.cut ? 'cut' : undefined);
    else if (action.do === 'black') black();
    else if (action.do === 'wall') place(action.placement);
    else {
      const source = setup.sources[action.at];
      if (source) pick(source.name, action.other);
    }
  };
  useEffect(() => {
    if (!shortcuts) return undefined;
    const press = (event: KeyboardEvent): void => {
      const action = isForField(event) ? null : actionOf(event, faces, keysOfFaces);
      if (!action) return;
      event.preventDefault();
      act(action);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });

  const walls = new Set((chosen === null ? faces : [chosen]).map((face) => stage.faces[face]?.wall));
  const wallNow = walls.size === 1 ? [...walls][0] : undefined;
  const isPending = (test: (command: Command) => boolean): boolean => pending.some(test);

  return (
    <main class="producer">
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
              chosen={chosen === face}
              own={own === null ? null : labelOf(own.scene)}
              placement={stage.faces[face]?.wall ?? ''}
              onPress={() => setTarget(chosen === face ? null : face)}
            />
          );
        })}
      </section>

      <Switcher
        pictures={pictures}
        stage={stage}
        where={t.takeTo(chosen === null ? t.toProgram : called(n, chosen))}
        labelOf={labelOf}
        send={(command) => void send(command)}
        take={take}
        isPending={isPending}
      />

      <section class="controls">
        <div class="group" role="group" aria-labelledby="target">
          <h3 id="target">
            {t.target} <strong class={chosen === null ? 'program' : ''}>{chosen === null ? t.toProgram : called(n, chosen)}</strong>
          </h3>
          <div class="keys">
            <button type="button" aria-pressed={chosen === null} onClick={() => setTarget(null)}>
              <kbd>{programKey}</kbd> {t.program}
            </button>
            <button type="button" aria-busy={isPending((c) => c.kind === 'follow')} onClick={follow}>
              <kbd>{followKey}</kbd> {chosen === null ? t.followAll : t.follow}
            </button>
          </div>
        </div>
        <div class="group" role="group" aria-labelledby="pick">
          <h3 id="pick">{t.pick}</h3>
          <div class="keys">
            {[false, true].map((preview) => (
              <button
                key={String(preview)}
                type="button"
                aria-pressed={toPreview === preview}
                onClick={() => {
                  keep('pick', preview ? 'preview' : 'cut');
                  setToPreview(preview);
                }}
              >
                <kbd>{toPreview === preview ? '1–9' : '⇧ 1–9'}</kbd> {preview ? t.pickPreview : t.pickCut}
              </button>
            ))}
          </div>
        </div>
        <div class="group" role="group" aria-labelledby="wall">
          <h3 id="wall">
            {t.wall} <strong>{chosen === null ? t.wallAll : t.wallOne(called(n, chosen))}</strong>
          </h3>
          <div class="keys">
            {placements.map((placement) => (
              <button
                key={placement}
                type="button"
                aria-pressed={wallNow === placement}
                aria-busy={isPending((c) => c.kind === 'place_wall' && c.placement === placement)}
                onClick={() => place(placement)}
              >
                <kbd>{placementKeys[placement]}</kbd> {n[placement]}
              </button>
            ))}
          </div>
        </div>
      </section>

      <section class="sources" aria-labelledby="sources">
        <h2 id="sources">
          {t.sources}
          <span class="now" role="status">
            <span class="lamp" aria-hidden="true" /> {t.programNow(labelOf(stage.program.scene))}
          </span>
        </h2>
        {setup.sources.length === 0 && <p>{t.noSources}</p>}
        <div class="grid">
          {setup.sources.map((source, at) => (
            <SourceTile
              key={source.name}
              pictures={pictures}
              name={source.name}
              label={source.label || source.name}
              number={at + 1}
              onAir={stage.program.scene === source.name}
              onPreview={stage.preview === source.name}
              faces={faces.filter((face) => stage.faces[face]?.own?.scene === source.name).map((face) => called(n, face))}
              pending={isPending((c) => (c.kind === 'cut' || c.kind === 'preview') && c.scene === source.name)}
              health={actual?.sources.find((s) => s.name === source.name)}
              frameAge={actual?.seen.find((s) => s.name === source.name)?.frame_age_ms ?? -1}
              onPress={(other) => pick(source.name, other)}
            />
          ))}
        </div>
      </section>

      <MediaPanel
        connection={connection}
        view={view}
        rateOf={(name) => actual?.sources.find((s) => s.name === name)?.wanted_frames_per_second ?? 0}
        labelOf={labelOf}
        send={send}
      />

      <SoundStrip
        desk={stage.sound}
        levels={levels}
        outputs={actual?.sound ?? []}
        sources={setup.sources.filter((s) => actual?.sources.find((one) => one.name === s.name)?.sound)}
        send={async (command) => void toasts.check(await connection.command(command))}
      />
    </main>
  );
}

