// The control room's multiview, live, and which picture stands in which of its cells.
import { useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { May } from '../../shared/may';
import { called, names } from '../../shared/names';
import type { Pictures } from '../../shared/pictures';
import type { Command, DeskView, Rect } from '../../shared/protocol';
import { cellViews, multiviewWords } from './multiview-words';
import { Live } from './tiles';

interface Given {
  pictures: Pictures;
  view: DeskView;
  labelOf: (name: string) => string;
  send: (command: Command) => void;
}

// The cells' contents with one changed; what is left to the show at the end is left out.
export function withCell(cells: readonly string[], count: number, at: number, shows: string): string[] {
  const next = Array.from({ length: count }, (_, i) => (i === at ? shows : (cells[i] ?? '')));
  while (next.at(-1) === '') next.pop();
  return next;
}

function put(cell: HTMLElement | null, place: Rect): void {
  if (!cell) return;
  const percent = (share: number): string => `${(share * 100).toFixed(4)}%`;
  Object.assign(cell.style, { left: percent(place.x), top: percent(place.y), width: percent(place.width), height: percent(place.height) });
}

export function MultiviewEditor({ pictures, view, labelOf, send }: Given) {
  const t = useWords(multiviewWords);
  const n = useWords(names);
  const [editing, setEditing] = useState(false);
  const chosen = view.stage.multiview;
  const placed = view.multiview;
  const faces = view.setup.faces.map((face) => face.name);
  const scenes = [...view.setup.sources.map((source) => source.name), ...Object.keys(view.scenes.list)];
  return (
    <div class="multiview-editor">
      {chosen && placed && (
        <div class="bar">
          <May do="set_multiview">
            <label>
              {t.layout}{' '}
              <select value={chosen.layout} onChange={(event) => send({ kind: 'set_multiview', layout: event.currentTarget.value, cells: [] })}>
                {placed.layouts.map((layout) => (
                  <option key={layout} value={layout}>
                    {t.layouts(layout)}
                  </option>
                ))}
              </select>
            </label>
            <button type="button" aria-pressed={chosen.safe_areas} onClick={() => send({ kind: 'set_multiview', safe_areas: !chosen.safe_areas })}>
              {t.safeAreas}
            </button>
            <button type="button" aria-pressed={chosen.meters} onClick={() => send({ kind: 'set_multiview', meters: !chosen.meters })}>
              {t.meters}
            </button>
          </May>
          <button type="button" aria-pressed={editing} onClick={() => setEditing(!editing)}>
            {t.arrange}
          </button>
        </div>
      )}
      <div class="cells">
        <Live pictures={pictures} kind="view" name="multiview" />
        <May do="set_multiview">
          {editing &&
            chosen &&
            placed?.cells.map(({ place, shows }, at) => (
              <div key={at} class="cell" ref={(cell) => put(cell, place)}>
                <select
                  aria-label={t.cell(at + 1)}
                  value={(chosen.cells[at] ?? '') === '' ? '' : shows}
                  onChange={(event) => send({ kind: 'set_multiview', cells: withCell(chosen.cells, placed.cells.length, at, event.currentTarget.value) })}
                >
                  <option value="">{t.automatic}</option>
                  {cellViews.map((name) => (
                    <option key={name} value={name}>
                      {t.view(name)}
                    </option>
                  ))}
                  <optgroup label={t.faces}>
                    {faces.map((face) => (
                      <option key={face} value={`face/${face}`}>
                        {called(n, face)}
                      </option>
                    ))}
                  </optgroup>
                  <optgroup label={t.scenes}>
                    {scenes.map((name) => (
                      <option key={name} value={`scene/${name}`}>
                        {labelOf(name)}
                      </option>
                    ))}
                  </optgroup>
                </select>
              </div>
            ))}
        </May>
      </div>
    </div>
  );
}
