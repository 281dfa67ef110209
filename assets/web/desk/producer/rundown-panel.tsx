// The whole rundown: walked, chosen from and edited in place, by keys or by hand; and the macros.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { asText, useKept } from '../../shared/kept';
import { useMay } from '../../shared/may';
import type { RundownCue } from '../../shared/protocol';
import { CueEditor } from './cue-editor';
import type { Panel, PanelGiven } from './dock';
import { Macros } from './macros';
import { byHand, freeNumber, startOf, stepsOf } from './rundown';
import { rundownWords } from './rundown-words';

export const rundownPanel: Panel = {
  id: 'rundown',
  key: 'R',
  title: { fr: 'Conducteur', en: 'Rundown' },
  Body: RundownBody,
};

function RundownBody({ view, labelOf, send }: PanelGiven) {
  const t = useWords(rundownWords);
  const lang = useObservable(language);
  const may = useMay();
  const chooses = may('stand_by');
  const { cues, current, next } = view.rundown;
  const [walked, walk] = useState<string | null>(next ?? cues[0]?.number ?? null);
  const [open, setOpen] = useKept('cue-edited', '', asText, 'session');
  const edited = open === '' ? null : open;
  const edit = (number: string | null): void => setOpen(number ?? '');
  const list = useRef<HTMLOListElement>(null);
  // Where the hand stands after what was done has come back.
  const focusOn = useRef<string | null>(null);
  useEffect(() => {
    if (focusOn.current === null) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-cue="${CSS.escape(focusOn.current)}"] .line`);
    if (!row) return;
    focusOn.current = null;
    row.focus();
  });

  const add = (after: string | null, like?: RundownCue): void => {
    const number = freeNumber(cues, after);
    const before = after === null ? undefined : cues[cues.findIndex((cue) => cue.number === after) + 1]?.number;
    const cue: RundownCue = like ? { ...like, number } : { number, label: '', note: '', colour: null, start: byHand, steps: [] };
    void send({ kind: 'set_cue', cue, ...(before === undefined ? {} : { before }) }).then((outcome) => {
      if (!outcome.ok) return;
      walk(number);
      edit(number);
    });
  };
  const move = (cue: RundownCue, by: -1 | 1): void => {
    const at = cues.indexOf(cue);
    if (at + by < 0 || at + by >= cues.length) return;
    const before = cues[by < 0 ? at - 1 : at + 2]?.number;
    focusOn.current = cue.number;
    void send({ kind: 'move_cue', cue: cue.number, ...(before === undefined ? {} : { before }) });
  };
  const remove = (cue: RundownCue): void => {
    const at = cues.indexOf(cue);
    const neighbour = cues[at + 1] ?? cues[at - 1];
    void send({ kind: 'remove_cue', cue: cue.number }).then((outcome) => {
      if (!outcome.ok) return;
      edit(null);
      walk(neighbour?.number ?? null);
      focusOn.current = neighbour?.number ?? null;
    });
  };
  const standBy = (cue: RundownCue): void => {
    if (!chooses.disabled) void send({ kind: 'stand_by', cue: cue.number });
  };
  const finish = (number: string): void => {
    edit(null);
    walk(number);
    focusOn.current = number;
  };
  const press = (event: KeyboardEvent, cue: RundownCue): void => {
    if (event.ctrlKey || event.metaKey) return;
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    const taken = ((): boolean => {
      if (way !== undefined && event.altKey) move(cue, way);
      else if (way !== undefined) {
        // At once: the next key is meant for that row.
        const to = cues[cues.indexOf(cue) + way];
        if (to) list.current?.querySelector<HTMLElement>(`[data-cue="${CSS.escape(to.number)}"] .line`)?.focus();
      } else if (event.key === 'Enter') standBy(cue);
      else if (event.key === 'F2') edit(cue.number);
      else if (event.key === 'Delete') remove(cue);
      else return false;
      return true;
    })();
    if (!taken) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="rundown-body">
      <div class="panel-row">
        <button type="button" onClick={() => add(edited ?? walked)} {...may('set_cue')}>
          + {t.add}
        </button>
        <button type="button" onClick={() => print()}>
          {t.print}
        </button>
        <p class="note end">{t.keys}</p>
      </div>
      {cues.length === 0 && <p class="note">{t.empty}</p>}
      <ol class="cues" ref={list} aria-label={t.rundown}>
        {cues.map((cue) => (
          <li key={cue.number} data-cue={cue.number} class={[cue.number === current ? 'current' : '', cue.number === next ? 'standby' : '', cue.number === edited ? 'open' : ''].join(' ')}>
            <div
              class="line"
              role="button"
              tabIndex={cue.number === (walked ?? cues[0]?.number) ? 0 : -1}
              aria-label={`${t.standBy(cue.number)} ${cue.label}`}
              aria-current={cue.number === current ? 'step' : undefined}
              aria-disabled={chooses.disabled}
              title={chooses.title}
              onFocus={() => walk(cue.number)}
              onKeyDown={(event) => press(event, cue)}
              onClick={() => standBy(cue)}
              onDblClick={() => edit(cue.number)}
            >
              <svg class="patch" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                {cue.colour !== null && <rect width="1" height="1" fill={cue.colour.slice(0, 7)} />}
              </svg>
              <span class="number">{cue.number}</span>
              <span class="label">{cue.label}</span>
              <span class="start">{startOf(cue.start, t, lang)}</span>
              <span class="state">{cue.number === current ? t.now : cue.number === next ? t.next : ''}</span>
              {cue.note !== '' && <span class="note">{cue.note}</span>}
              <span class="does">{stepsOf(cue.steps, t, labelOf, lang) || t.doesNothing}</span>
            </div>
            <button type="button" class="quiet edit" aria-label={t.editCue(cue.number)} aria-expanded={cue.number === edited} onClick={() => edit(edited === cue.number ? null : cue.number)}>
              <span aria-hidden="true">✎</span>
            </button>
            {cue.number === edited && (
              <CueEditor
                {...{ view, cue, labelOf, send }}
                renamed={edit}
                done={() => finish(cue.number)}
                addAfter={() => add(cue.number)}
                duplicate={() => add(cue.number, cue)}
                remove={() => remove(cue)}
                move={(by) => move(cue, by)}
              />
            )}
          </li>
        ))}
      </ol>
      <Macros {...{ view, labelOf, send }} />
    </div>
  );
}
