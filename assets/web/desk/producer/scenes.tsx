// The scenes as tiles beside the sources, and which of them lie over the faces.
import { useWords } from '../../shared/hooks';
import { useMay, type Lock } from '../../shared/may';
import { called, names } from '../../shared/names';
import type { Pictures } from '../../shared/pictures';
import type { DeskView, Scene } from '../../shared/protocol';
import { overlayKey, sceneKey } from './keys';
import { titleOf } from './layers';
import { sceneWords } from './scene-words';
import { Live } from './tiles';
import { words } from './words';

interface TileGiven {
  pictures: Pictures;
  scene: Scene;
  number: number;
  onAir: boolean;
  onPreview: boolean;
  faces: readonly string[]; // words for the faces that hold it
  pending: boolean;
  lock: Lock;
  onPress: (other: boolean) => void; // other: Shift was held
  onEdit: () => void;
}

export function SceneTile({ pictures, scene, number, onAir, onPreview, faces, pending, lock, onPress, onEdit }: TileGiven) {
  const t = useWords(words);
  const s = useWords(sceneWords);
  const press = (event: MouseEvent): void => {
    // Pressed by hand it gives the focus back, so that Space takes and does not press it again.
    if (event.detail > 0) (event.currentTarget as HTMLElement).blur();
    onPress(event.shiftKey);
  };
  return (
    <div class="scene-tile">
      <button
        type="button"
        class={['tile', 'source', 'scene', onAir ? 'air' : '', onPreview ? 'next' : '', pending ? 'pending' : ''].join(' ')}
        data-scene={scene.name}
        aria-busy={pending}
        onClick={press}
        {...lock}
      >
        <Live pictures={pictures} kind="view" name={`scene/${scene.name}`}>
          {onAir && <span class="tag air">{t.onAir}</span>}
          {onPreview && !onAir && <span class="tag next">{t.onPreview}</span>}
          {faces.length > 0 && <span class="tag held">{t.onFace(faces.join(', '))}</span>}
        </Live>
        <span class="caption">
          {number <= 9 && (
            <kbd>
              {sceneKey} {number}
            </kbd>
          )}
          <span class="name">{titleOf(scene)}</span>
        </span>
      </button>
      <button type="button" class="edit" aria-label={s.editScene(titleOf(scene))} title={s.editScene(titleOf(scene))} onClick={onEdit}>
        <span aria-hidden="true">✎</span>
      </button>
    </div>
  );
}

interface OverlaysGiven {
  view: DeskView;
  chosen: readonly string[]; // faces; none: program
  isPending: (scene: string) => boolean;
  toggle: (scene: string) => void;
}

export function Overlays({ view, chosen, isPending, toggle }: OverlaysGiven) {
  const t = useWords(sceneWords);
  const n = useWords(names);
  const may = useMay();
  const scenes = Object.values(view.scenes.list);
  return (
    <div class="group overlays" role="group" aria-labelledby="overlays">
      <h3 id="overlays">
        <strong>{t.overlays}</strong> {t.overlayHint}
      </h3>
      {scenes.length === 0 && <p class="note">{t.noOverlays}</p>}
      <ul>
        {scenes.map((scene, at) => {
          const on = view.stage.overlays.find((o) => o.scene === scene.name && o.shown.on);
          return (
            <li key={scene.name}>
              <button type="button" aria-pressed={on !== undefined} aria-busy={isPending(scene.name)} data-overlay={scene.name} onClick={() => toggle(scene.name)} {...may({ kind: 'set_overlay', scene: scene.name, on: !on, faces: [...chosen] })}>
                {at < 9 && (
                  <kbd>
                    {overlayKey} {at + 1}
                  </kbd>
                )}
                <span class="name">{titleOf(scene)}</span>
                {on && <span class="where">{on.faces.length === 0 ? t.onAll : on.faces.map((face) => called(n, face)).join(', ')}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
