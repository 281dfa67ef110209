// All of a layer by numbers and choices.
import { useWords } from '../../shared/hooks';
import type { ColourKey, DeskView, Layer, LayerContent } from '../../shared/protocol';
import { captionTitle } from './captions';
import { ChoiceField, ColourField, Fields, NumberField, TextField } from './fields';
import { blends, boards, titleOf } from './layers';
import { sceneWords } from './scene-words';

interface Given {
  view: DeskView;
  scene: string;
  layer: Layer;
  change: (layer: Layer) => void;
}

const newKey: ColourKey = { kind: 'chroma', colour: '#00b140ff', similarity: 0.3, smoothness: 0.1, spill: 0.2, invert: false };
const fits = ['fit', 'fill', 'stretch'] as const;

export function LayerPanel({ view, scene, layer, change }: Given) {
  const t = useWords(sceneWords);
  const set = (part: Partial<Layer>): void => change({ ...layer, ...part });
  const { place, crop, key } = layer;
  const right = 1 - crop.x - crop.width;
  const bottom = 1 - crop.y - crop.height;
  // What is cut off on each side; something always stays.
  const cropTo = (l: number, top: number, r: number, b: number): void =>
    set({ crop: { x: l, y: top, width: Math.max(0.01, 1 - l - r), height: Math.max(0.01, 1 - top - b) } });
  return (
    <div class="panel">
      <Content view={view} scene={scene} content={layer.content} change={(content) => set({ content })} />
      <Fields title={t.place}>
        <NumberField label={t.x} value={place.x} change={(x) => set({ place: { ...place, x } })} />
        <NumberField label={t.y} value={place.y} change={(y) => set({ place: { ...place, y } })} />
        <NumberField label={t.width} value={place.width} min={1} change={(width) => set({ place: { ...place, width } })} />
        <NumberField label={t.height} value={place.height} min={1} change={(height) => set({ place: { ...place, height } })} />
      </Fields>
      <Fields title={t.look}>
        <ChoiceField label={t.fitting} value={layer.fit} options={fits.map((fit) => [fit, t[fit]])} change={(fit) => set({ fit: fit as Layer['fit'] })} />
        <ChoiceField
          label={t.blend}
          value={layer.blend}
          options={blends.map((blend) => [blend, blend === 'add' ? t.additive : t[blend]])}
          change={(blend) => set({ blend })}
        />
        <NumberField label={t.opacity} value={layer.opacity} min={0} max={100} step={5} change={(opacity) => set({ opacity })} />
        <NumberField label={t.rotation} value={layer.rotation_deg} scale={1} step={1} min={-360} max={360} change={(rotation_deg) => set({ rotation_deg })} />
        <NumberField label={t.radius} value={layer.corner_radius} min={0} max={50} change={(corner_radius) => set({ corner_radius })} />
        <NumberField label={t.border} value={layer.border_width} min={0} max={20} step={0.1} change={(border_width) => set({ border_width })} />
        <ColourField label={t.borderColour} value={layer.border_colour} change={(border_colour) => set({ border_colour })} />
      </Fields>
      <Fields title={t.crop} open={right > 0 || bottom > 0 || crop.x > 0 || crop.y > 0}>
        <NumberField label={t.left} value={crop.x} min={0} max={99} change={(v) => cropTo(Math.min(v, 0.99 - right), crop.y, right, bottom)} />
        <NumberField label={t.right} value={right} min={0} max={99} change={(v) => cropTo(crop.x, crop.y, Math.min(v, 0.99 - crop.x), bottom)} />
        <NumberField label={t.top} value={crop.y} min={0} max={99} change={(v) => cropTo(crop.x, Math.min(v, 0.99 - bottom), right, bottom)} />
        <NumberField label={t.bottom} value={bottom} min={0} max={99} change={(v) => cropTo(crop.x, crop.y, right, Math.min(v, 0.99 - crop.y))} />
      </Fields>
      <Fields title={t.keying} open={key !== null}>
        <ChoiceField
          label={t.keying}
          value={key?.kind ?? ''}
          options={[['', t.keyNone], ['chroma', t.chroma], ['luma', t.luma]]}
          change={(kind) => set({ key: kind === '' ? null : { ...(key ?? newKey), kind: kind as ColourKey['kind'] } })}
        />
        {key && (
          <>
            {key.kind === 'chroma' && <ColourField label={t.keyColour} value={key.colour} change={(colour) => set({ key: { ...key, colour } })} />}
            <NumberField label={t.similarity} value={key.similarity} min={0} max={100} step={1} change={(similarity) => set({ key: { ...key, similarity } })} />
            <NumberField label={t.smoothness} value={key.smoothness} min={0} max={100} step={1} change={(smoothness) => set({ key: { ...key, smoothness } })} />
            {key.kind === 'chroma' && <NumberField label={t.spill} value={key.spill} min={0} max={100} step={1} change={(spill) => set({ key: { ...key, spill } })} />}
            <label class="field check">
              <input type="checkbox" checked={key.invert} onChange={(event) => set({ key: { ...key, invert: event.currentTarget.checked } })} />
              <span>{t.invert}</span>
            </label>
          </>
        )}
      </Fields>
    </div>
  );
}

interface ContentGiven {
  view: DeskView;
  scene: string;
  content: LayerContent;
  change: (content: LayerContent) => void;
}

function Content({ view, scene, content, change }: ContentGiven) {
  const t = useWords(sceneWords);
  if (content.kind === 'wall') return null;
  return (
    <Fields title={t.content}>
      {content.kind === 'source' && (
        <ChoiceField
          label={t.sources}
          value={content.source}
          options={view.setup.sources.map((s) => [s.name, s.label || s.name])}
          change={(source) => change({ kind: 'source', source })}
        />
      )}
      {content.kind === 'scene' && (
        <ChoiceField
          label={t.editing}
          value={content.scene}
          options={Object.values(view.scenes.list).filter((s) => s.name !== scene).map((s) => [s.name, titleOf(s)])}
          change={(inner) => change({ kind: 'scene', scene: inner })}
        />
      )}
      {content.kind === 'caption' && (
        <ChoiceField
          label={t.captions}
          value={content.caption}
          options={(view.captions ?? []).map((one) => [one.name, captionTitle(view, one.name)])}
          change={(caption) => change({ kind: 'caption', caption })}
        />
      )}
      {content.kind === 'board' && (
        <>
          <ChoiceField
            label={t.board}
            value={content.board}
            options={boards.map((board) => [board, t[`board_${board}`]])}
            change={(board) => change({ ...content, board })}
          />
          <label class="field check">
            <input type="checkbox" checked={content.ring} onChange={(event) => change({ ...content, ring: event.currentTarget.checked })} />
            <span>{t.ring}</span>
          </label>
        </>
      )}
      {content.kind === 'colour' && (
        <>
          <ColourField label={t.colourTop} value={content.top} change={(top) => change({ ...content, top })} />
          <ColourField label={t.colourBottom} value={content.bottom} change={(bottom) => change({ ...content, bottom })} />
        </>
      )}
      {content.kind === 'qr' && (
        <>
          <TextField label={t.qrIs} value={content.text} describedBy="qr-note" change={(text) => change({ kind: 'qr', text: text.trim() })} />
          <p id="qr-note" class="wide note">{t.qrNote}</p>
        </>
      )}
      {content.kind === 'text' && (
        <>
          <TextField label={t.textIs} value={content.text} describedBy="placeholders" change={(text) => change({ ...content, text })} />
          <p id="placeholders" class="wide note">{t.placeholders}</p>
          <NumberField label={t.letter} value={content.size} min={1} max={100} change={(size) => change({ ...content, size })} />
          <NumberField label={t.weight} value={content.weight} scale={1} min={100} max={900} step={100} change={(weight) => change({ ...content, weight: Math.round(weight) })} />
          <ChoiceField
            label={t.align}
            value={content.align}
            options={[['left', t.alignLeft], ['centre', t.centre], ['right', t.alignRight]]}
            change={(align) => change({ ...content, align: align as 'left' | 'centre' | 'right' })}
          />
          <ColourField label={t.textColour} value={content.colour} change={(colour) => change({ ...content, colour })} />
        </>
      )}
    </Fields>
  );
}
