// The questions of the evening, in their order.
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { Command, DeskView } from '../../shared/protocol';
import { UndoButtons, useUndoKeys } from '../../shared/undo';
import type { Send } from './app';
import { words } from './words';

export function Agenda({ view, send }: { view: DeskView; send: Send }) {
  const t = useWords(words);
  const may = useMay();
  const { agenda, rounds, prepared_item } = view.room;
  const step = (command: Command): Promise<boolean> => send(command, command.kind === 'undo' ? t.doneUndone : t.doneRedo);
  useUndoKeys(step);
  return (
    <section class="agenda" aria-labelledby="agenda">
      <h2 id="agenda">{t.agenda}</h2>
      <UndoButtons edits={view.edits.director} send={step} />
      {agenda.length === 0 && <p class="none">{t.noAgenda}</p>}
      <ol>
        {agenda.map(({ item, question }, at) => {
          const open = rounds.some((round) => round.item === item && round.open);
          const asked = rounds.some((round) => round.item === item);
          return (
            <li key={item} class={open ? 'open' : asked ? 'asked' : ''} aria-current={item === prepared_item ? 'step' : undefined}>
              <span class="number" aria-hidden="true">
                {open ? '●' : asked ? '✓' : at + 1}
              </span>
              <div>
                <p class="question" lang={question.language || view.language}>
                  {question.text}
                </p>
                <p class="facts">
                  {[
                    question.length_ms > 0 ? t.lasts(question.length_ms / 60_000) : '',
                    question.parts.length > 0 ? t.partCount(question.parts.length) : '',
                    open ? t.open : asked ? t.asked : '',
                    item === prepared_item ? t.isNext : '',
                  ]
                    .filter((fact) => fact !== '')
                    .join(' · ')}
                </p>
              </div>
              <button
                type="button" disabled={item === prepared_item}
                onClick={() => void send({ kind: 'set_question', ...question, item }, t.donePrepared)}
                {...may('set_question')}
              >
                {t.prepare}
              </button>
              <button type="button" class="quiet" disabled={at === 0} aria-label={t.up(question.text)} onClick={() => void send({ kind: 'move_agenda_item', item, to: at - 1 }, t.doneMoved)} {...may('move_agenda_item')}>
                ↑
              </button>
              <button type="button" class="quiet" disabled={at === agenda.length - 1} aria-label={t.down(question.text)} onClick={() => void send({ kind: 'move_agenda_item', item, to: at + 1 }, t.doneMoved)} {...may('move_agenda_item')}>
                ↓
              </button>
              <button type="button" class="quiet" aria-label={t.remove(question.text)} onClick={() => void send({ kind: 'remove_agenda_item', item }, t.doneRemoved)} {...may('remove_agenda_item')}>
                ✕
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
