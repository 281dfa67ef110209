// Macros: run with a press, recorded while one works, edited like a cue.
import { useState } from 'preact/hooks';
import type { Outcome } from '../../shared/connection';
import { useWords } from '../../shared/hooks';
import { asText, useKept } from '../../shared/kept';
import { May, useMay } from '../../shared/may';
import type { Command, DeskView, Macro } from '../../shared/protocol';
import { TypedField } from './cue-editor';
import { plainName } from './rundown';
import { rundownWords } from './rundown-words';
import { Steps } from './steps';

interface Given {
  view: DeskView;
  labelOf: (name: string) => string;
  send: (command: Command) => Promise<Outcome>;
}

export function Macros({ view, labelOf, send }: Given) {
  const t = useWords(rundownWords);
  const may = useMay();
  const { macros, recording, runs } = view.rundown;
  const [label, setLabel] = useKept('macro-label', '', asText, 'session');
  const [timing, setTiming] = useState(false);
  const [edited, edit] = useState<string | null>(null);
  const list = Object.values(macros);
  const record = (): void => {
    const wanted = label.trim() || `Macro ${list.length + 1}`;
    const name = plainName(wanted) || `macro-${list.length + 1}`;
    void send({ kind: 'record_macro', macro: name, label: wanted, timing }).then((outcome) => outcome.ok && setLabel(''));
  };
  return (
    <section class="macros" aria-labelledby="macros">
      <h3 id="macros">{t.macros}</h3>
      {recording ? (
        <div class="recorder on" role="status">
          <span class="record-lamp">{t.recording(macros[recording.macro]?.label || recording.macro, recording.steps)}</span>
          {recording.full && <span class="bad">{t.full}</span>}
          <button type="button" class="main" onClick={() => void send({ kind: 'stop_recording' })} {...may('stop_recording')}>
            ■ {t.stopRecord}
          </button>
          <button type="button" onClick={() => void send({ kind: 'stop_recording', keep: false })} {...may('stop_recording')}>
            {t.discard}
          </button>
        </div>
      ) : (
        <form
          class="recorder"
          onSubmit={(event) => {
            event.preventDefault();
            record();
          }}
        >
          <May do="record_macro">
            <input aria-label={t.recordName} placeholder={t.recordName} value={label} maxLength={60} onInput={(event) => setLabel(event.currentTarget.value)} />
            <label>
              <input type="checkbox" checked={timing} onChange={(event) => setTiming(event.currentTarget.checked)} /> {t.timing}
            </label>
            <button type="submit" class="record">
              <span aria-hidden="true">●</span> {t.record}
            </button>
          </May>
        </form>
      )}
      {list.length === 0 && <p class="note">{t.noMacros}</p>}
      <ul>
        {list.map((macro) => (
          <li key={macro.name} data-macro={macro.name}>
            <MacroLine macro={macro} running={runs.some((run) => run.macro === macro.name)} send={send} open={edited === macro.name} toggle={() => edit(edited === macro.name ? null : macro.name)} />
            {edited === macro.name && (
              <div class="cue-editor">
                <May do="set_macro">
                  <TypedField label={t.label} value={macro.label || macro.name} maxLength={60} change={(text) => void send({ kind: 'set_macro', macro: { ...macro, label: text } })} />
                  <Steps {...{ view, labelOf }} steps={macro.steps} change={(steps) => void send({ kind: 'set_macro', macro: { ...macro, steps } })} />
                </May>
                <div class="row tools">
                  <button type="button" onClick={() => void send({ kind: 'remove_macro', macro: macro.name })} {...may('remove_macro')}>{t.remove}</button>
                  <button type="button" class="main" onClick={() => edit(null)}>{t.done}</button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LineGiven {
  macro: Macro;
  running: boolean;
  open: boolean;
  toggle: () => void;
  send: (command: Command) => Promise<Outcome>;
}

function MacroLine({ macro, running, open, toggle, send }: LineGiven) {
  const t = useWords(rundownWords);
  const may = useMay();
  const called = macro.label || macro.name;
  return (
    <div class="macro">
      <button
        type="button"
        class="run"
        aria-pressed={running}
        aria-label={running ? t.stop(called) : t.run(called)}
        onClick={() => void send(running ? { kind: 'stop_macro', macro: macro.name } : { kind: 'run_macro', macro: macro.name })}
        {...may(running ? 'stop_macro' : 'run_macro')}
      >
        <span aria-hidden="true">{running ? '■' : '▶'}</span> {called}
      </button>
      <span class="note">{t.steps(macro.steps.length)}</span>
      <button type="button" class="quiet" aria-label={t.editMacro(called)} aria-expanded={open} onClick={toggle}>
        <span aria-hidden="true">✎</span>
      </button>
    </div>
  );
}
