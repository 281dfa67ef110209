// The rundown while the show runs: the cue that is on, the one that GO carries out, and when it goes by itself.
import { clock } from '../../shared/format';
import { useTick, useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { Command, DeskView, RundownCue } from '../../shared/protocol';
import { goKey } from './keys';
import { rundownWords } from './rundown-words';

const drawEvery = 100; // milliseconds

interface Given {
  view: DeskView;
  showNow: () => number; // nanoseconds
  isPending: (kind: Command['kind']) => boolean;
  send: (command: Command) => void;
}

export function RundownBar({ view, showNow, isPending, send }: Given) {
  const t = useWords(rundownWords);
  const may = useMay();
  const { rundown } = view;
  const { cues, due, runs, recording, fault } = rundown;
  useTick(drawEvery, due !== null || rundown.current !== '');
  const find = (number: string | null): RundownCue | undefined => cues.find((cue) => cue.number === number);
  const current = find(rundown.current);
  const next = find(rundown.next);
  const now = showNow();
  if (cues.length === 0 && runs.length === 0 && !recording && !fault) return null;
  const nameOf = (macro: string, cue: string): string => (macro === '' ? cue : rundown.macros[macro]?.label || macro);
  return (
    <section class="cue-bar" aria-label={t.rundown}>
      <div class="cue now" data-cue={rundown.current}>
        <p class="role">
          {t.now} {current && <span class="time">{clock(Math.max(0, now - rundown.since) / 1e6)}</span>}
        </p>
        <Named cue={current} otherwise={t.none} />
      </div>
      <div class="cue next" data-cue={rundown.next ?? ''}>
        <p class="role">
          {t.next} <When {...{ view, next, now }} />
        </p>
        <Named cue={next} otherwise={t.atEnd} />
      </div>
      <div class="keys">
        <button type="button" class="go" aria-busy={isPending('go')} disabled={!next} onClick={() => send({ kind: 'go' })} {...may('go')}>
          <kbd>{goKey}</kbd> {t.go}
        </button>
        <button type="button" aria-busy={isPending('back')} disabled={!current || cues[0] === current} onClick={() => send({ kind: 'back' })} {...may('back')}>
          <kbd>⇧ {goKey}</kbd> {t.back}
        </button>
        <button type="button" class="hold" aria-pressed={rundown.hold} title={t.holdHint} onClick={() => send({ kind: 'hold_cues', on: !rundown.hold })} {...may('hold_cues')}>
          {t.hold}
        </button>
      </div>
      {(runs.length > 0 || recording || fault) && (
        <p class="under-way">
          {recording && (
            <span class="record-lamp" role="status">
              {t.recording(rundown.macros[recording.macro]?.label || recording.macro, recording.steps)} {recording.full && t.full}
            </span>
          )}
          {runs.map((run) => (
            <button key={`${run.cue}/${run.macro}`} type="button" title={t.stop(nameOf(run.macro, run.cue))} onClick={() => send({ kind: 'stop_macro', ...(run.macro === '' ? {} : { macro: run.macro }) })} {...may('stop_macro')}>
              {t.running(nameOf(run.macro, run.cue), run.step, run.steps)} <span class="time">{clock(Math.max(0, run.due - now) / 1e6 + 999)}</span> ■
            </button>
          ))}
          {runs.length > 1 && (
            <button type="button" onClick={() => send({ kind: 'stop_macro' })} {...may('stop_macro')}>
              {t.stopAll}
            </button>
          )}
          {fault && (
            <span class="fault" role="alert">
              {t.fault(fault.message)}
            </span>
          )}
        </p>
      )}
    </section>
  );
}

function Named({ cue, otherwise }: { cue: RundownCue | undefined; otherwise: string }) {
  if (!cue) return <p class="name none">{otherwise}</p>;
  return (
    <>
      <p class="name">
        <span class="number">{cue.number}</span> {cue.label}
      </p>
      {cue.note !== '' && <p class="note">{cue.note}</p>}
    </>
  );
}

// When the next cue goes by itself, or why it does not.
function When({ view, next, now }: { view: DeskView; next: RundownCue | undefined; now: number }) {
  const t = useWords(rundownWords);
  const { due, hold, in_hand, chosen } = view.rundown;
  if (!next || next.start.kind === 'hand') return null;
  if (hold) return <span class="wait">{t.held}</span>;
  if (due !== null) {
    const left = Math.max(0, due - now) / 1e6;
    return (
      <span class={left < 10_000 ? 'countdown soon' : 'countdown'} role="timer" aria-live="off">
        {t.goesIn} <strong>{clock(left + 999)}</strong>
      </span>
    );
  }
  const timed = next.start.kind === 'clock' || next.start.kind === 'show';
  if (in_hand === '') return timed ? <span class="wait">{t.takeInHand}</span> : null;
  if (chosen && !timed) return null;
  return <span class="wait">{next.start.kind === 'ended' ? t.waitsForEnd : t.passed}</span>;
}
