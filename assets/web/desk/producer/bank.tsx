// What can be shown: the sources and the scenes, each one press away.
import type { Outcome } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import { called, names } from '../../shared/names';
import type { Observable } from '../../shared/observable';
import type { Pictures } from '../../shared/pictures';
import type { Actual, Command, DeskView } from '../../shared/protocol';
import { shownSources } from '../../shared/sources';
import { UndoButtons } from '../../shared/undo';
import { freeName } from './layers';
import { sceneWords } from './scene-words';
import { SceneTile } from './scenes';
import { SourceTile } from './tiles';
import { words } from './words';

interface Given {
  pictures: Pictures;
  view: DeskView;
  actual: Observable<Actual | null>;
  chosen: readonly string[]; // faces that a cut is for; none: program
  toPreview: boolean; // what a press does
  isPending: (test: (command: Command) => boolean) => boolean;
  pick: (scene: string, other: boolean) => void;
  send: (command: Command) => Promise<Outcome>;
  labelOf: (name: string) => string;
  edit: (scene: string) => void;
}

export function Bank({ pictures, view, actual: actualStore, chosen, toPreview, isPending, pick, send, labelOf, edit }: Given) {
  const t = useWords(words);
  const s = useWords(sceneWords);
  const n = useWords(names);
  const actual = useObservable(actualStore);
  const may = useMay();
  const { setup, stage } = view;
  const scenes = Object.values(view.scenes.list);
  const heldBy = (name: string): string[] =>
    setup.faces.filter((face) => stage.faces[face.name]?.own?.scene === name).map((face) => called(n, face.name));
  const picked = (name: string): boolean => isPending((c) => (c.kind === 'cut' || c.kind === 'preview') && c.scene === name);
  const lockOf = (scene: string) => may(toPreview ? { kind: 'preview', scene } : { kind: 'cut', scene, faces: [...chosen] });
  const makeScene = (): void => {
    const taken = [...scenes.map((scene) => scene.name), ...setup.sources.map((source) => source.name)];
    const name = freeName('scene', taken);
    const label = s.sceneNumber(scenes.length + 1);
    void send({ kind: 'set_scene', name, label, layers: [] }).then((outcome) => outcome.ok && edit(name));
  };
  return (
    <div class="bank">
      <section class="sources" aria-labelledby="sources">
        <h2 id="sources" class="hidden">
          {t.sources}
        </h2>
        <p class="hidden" role="status">
          {t.programNow(labelOf(stage.program.scene))}
        </p>
        {setup.sources.length === 0 && <p>{t.noSources}</p>}
        <div class="grid">
          {shownSources(setup).map((source, at) => (
            <SourceTile
              key={source.name}
              pictures={pictures}
              name={source.name}
              label={source.label || source.name}
              number={at + 1}
              onAir={stage.program.scene === source.name}
              onPreview={stage.preview === source.name}
              faces={heldBy(source.name)}
              pending={picked(source.name)}
              health={actual?.sources.find((one) => one.name === source.name)}
              frameAge={actual?.seen.find((one) => one.name === source.name)?.frame_age_ms ?? -1}
              lock={lockOf(source.name)}
              onPress={(other) => pick(source.name, other)}
            />
          ))}
        </div>
      </section>
      <section class="sources scenes" aria-labelledby="scenes">
        <h2 id="scenes" class="hidden">
          {s.scenes}
        </h2>
        <div class="grid">
          {scenes.map((scene, at) => (
            <SceneTile
              key={scene.name}
              pictures={pictures}
              scene={scene}
              number={at + 1}
              onAir={stage.program.scene === scene.name}
              onPreview={stage.preview === scene.name}
              faces={heldBy(scene.name)}
              pending={picked(scene.name)}
              lock={lockOf(scene.name)}
              onPress={(other) => pick(scene.name, other)}
              onEdit={() => edit(scene.name)}
            />
          ))}
          <div class="tools">
            <button type="button" title={s.noScenes} onClick={makeScene} {...may('set_scene')}>
              + {s.newScene}
            </button>
            <UndoButtons edits={view.edits.producer} {...{ labelOf, send }} />
          </div>
        </div>
      </section>
    </div>
  );
}
