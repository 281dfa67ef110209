// Where a cut goes, what a press means, and the wall of words: the switches beside the faces.
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import { names, placements } from '../../shared/names';
import type { Command, DeskView } from '../../shared/protocol';
import { followKey, groupKey, placementKeys, programKey, swapKey } from './keys';
import { sceneWords } from './scene-words';
import { words } from './words';

interface Given {
  stage: DeskView['stage'];
  chosen: string[]; // faces; none: program
  faces: readonly string[];
  where: string; // that in words
  grouping: boolean;
  toPreview: boolean;
  isPending: (test: (command: Command) => boolean) => boolean;
  program: () => void;
  group: () => void;
  swap: () => void;
  goTo: (preview: boolean) => void;
  send: (command: Command) => void;
}

export function Controls({ stage, chosen, faces, where, grouping, toPreview, isPending, program, group, swap, goTo, send }: Given) {
  const t = useWords(words);
  const s = useWords(sceneWords);
  const n = useWords(names);
  const may = useMay();
  const [one = '', other = ''] = chosen;
  const toAll = chosen.length === 0;
  const walls = new Set((toAll ? faces : chosen).map((face) => stage.faces[face]?.wall));
  const wallNow = walls.size === 1 ? [...walls][0] : undefined;
  return (
    <section class="controls">
      <div class="group" role="group" aria-labelledby="target">
        <h3 id="target">
          {t.target} <strong class={toAll ? 'program' : ''}>{where}</strong>
        </h3>
        <div class="keys">
          <button type="button" aria-pressed={toAll} onClick={program}>
            <kbd>{programKey}</kbd> {t.program}
          </button>
          <button type="button" title={t.followHint} aria-busy={isPending((c) => c.kind === 'follow')} onClick={() => send({ kind: 'follow', faces: chosen })} {...may({ kind: 'follow', faces: chosen })}>
            <kbd>{followKey}</kbd> {t.follow}
          </button>
          <button type="button" aria-pressed={grouping} title={s.groupHint} onClick={group}>
            <kbd>{groupKey}</kbd> {s.group}
          </button>
          <button type="button" disabled={chosen.length !== 2} title={s.swapHint} aria-busy={isPending((c) => c.kind === 'swap_faces')} onClick={swap} {...may(chosen.length === 2 ? { kind: 'swap_faces', one, other } : 'swap_faces')}>
            <kbd>{swapKey}</kbd> {s.swap}
          </button>
        </div>
      </div>
      <div class="group" role="group" aria-labelledby="pick">
        <h3 id="pick">{t.pick}</h3>
        <div class="keys">
          {[false, true].map((preview) => (
            <button key={String(preview)} type="button" aria-pressed={toPreview === preview} onClick={() => goTo(preview)}>
              <kbd>{toPreview === preview ? '1–9' : '⇧ 1–9'}</kbd> {preview ? t.pickPreview : t.pickCut}
            </button>
          ))}
        </div>
      </div>
      <div class="group" role="group" aria-labelledby="wall">
        <h3 id="wall">
          {t.wall} <strong>{toAll ? t.wallAll : t.wallOne(where)}</strong>
        </h3>
        <div class="keys">
          {placements.map((placement) => (
            <button
              key={placement}
              type="button"
              aria-pressed={wallNow === placement}
              aria-busy={isPending((c) => c.kind === 'place_wall' && c.placement === placement)}
              onClick={() => send({ kind: 'place_wall', placement, faces: chosen })}
              {...may({ kind: 'place_wall', placement, faces: chosen })}
            >
              <kbd>{placementKeys[placement]}</kbd> {n[placement]}
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}
