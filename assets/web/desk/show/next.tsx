// The question that opens next: prepared here, taken from the agenda, or asked again.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import { called } from '../../shared/names';
import type { DeskView, Question, Round } from '../../shared/protocol';
import type { Send } from './app';
import { Ask } from './ask';
import { words } from './words';

interface Given {
  view: DeskView;
  open: Round | null;
  busy: boolean;
  send: Send;
  again: Round | null; // to be written into the fields
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const same = (a: Question, b: Question): boolean => JSON.stringify(a) === JSON.stringify(b);

export function NextQuestion({ view, open, busy, send, again }: Given) {
  const t = useWords(words);
  const may = useMay();
  const { room } = view;
  const theirs: Question = { ...room.prepared, language: room.prepared.language || view.language };
  const [mine, setMine] = useState(theirs);
  const [parts, setParts] = useState(theirs.parts.join('\n')); // as typed, one a line
  const [asking, setAsking] = useState(false);

  // The fields follow what is prepared until someone types here.
  const based = useRef(theirs);
  const draft: Question = { ...mine, text: oneLine(mine.text), parts: parts.split('\n').map(oneLine).filter((part) => part !== '') };
  const edited = !same(draft, based.current);
  const take = (question: Question): void => {
    setMine(question);
    setParts(question.parts.join('\n'));
  };
  const theirKey = JSON.stringify(theirs);
  useEffect(() => {
    if (edited && !same(draft, theirs)) return;
    based.current = theirs;
    take(theirs);
  }, [theirKey]);
  useEffect(() => {
    if (again) take({ text: again.question, language: again.language || view.language, parts: again.parts, length_ms: again.length_ms ?? 0, close_at_end: again.close_at_end });
  }, [again]);
  const elsewhere = edited && !same(theirs, based.current);
  const unsaved = !same(draft, theirs);
  const empty = draft.text === '';

  const prepare = async (): Promise<void> => {
    if (empty || busy) return;
    // The agenda's own question stays it while its words stay.
    const item = draft.text === theirs.text ? room.prepared_item : 0;
    await send({ kind: 'set_question', ...draft, ...(item > 0 ? { item } : {}) }, t.donePrepared);
  };
  const start = (): void => {
    setAsking(false);
    void send({ kind: 'start_round' }, t.doneStart);
  };

  return (
    <section class="next" aria-labelledby="next">
      <h2 id="next">{t.next}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void prepare();
        }}
      >
        <label for="question">{t.text}</label>
        <textarea
          id="question" rows={3} value={mine.text} lang={mine.language} maxLength={280}
          onInput={(event) => setMine({ ...mine, text: event.currentTarget.value.replace(/[\r\n]+/g, ' ') })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            void prepare();
          }}
        />
        {elsewhere && (
          <p class="elsewhere" role="status">
            {t.elsewhere} <q lang={theirs.language}>{theirs.text}</q>{' '}
            <button
              type="button"
              onClick={() => {
                based.current = theirs;
                take(theirs);
              }}
            >
              {t.takeTheirs}
            </button>
          </p>
        )}
        <label for="parts" class="minor">
          {t.parts}
        </label>
        <textarea id="parts" class="parts" rows={2} value={parts} lang={mine.language} onInput={(event) => setParts(event.currentTarget.value)} />
        <div class="row">
          <label for="minutes">{t.minutes}</label>
          <input
            id="minutes" type="number" min={0} max={1440} step="any" inputMode="decimal" placeholder="∞"
            value={mine.length_ms === 0 ? '' : Math.round(mine.length_ms / 600) / 100}
            onInput={(event) => setMine({ ...mine, length_ms: Math.round(Math.max(0, Math.min(1440, Number(event.currentTarget.value) || 0)) * 60_000) })}
          />
          <label class="check">
            <input
              type="checkbox" checked={mine.close_at_end} disabled={mine.length_ms === 0}
              onChange={(event) => setMine({ ...mine, close_at_end: event.currentTarget.checked })}
            />
            {t.closeAtEnd}
          </label>
          <label for="language">{t.language}</label>
          <select id="language" value={mine.language} onChange={(event) => setMine({ ...mine, language: event.currentTarget.value })}>
            {view.languages.map((one) => (
              <option key={one} value={one}>
                {called(t, one)}
              </option>
            ))}
          </select>
        </div>
        <div class="row end">
          <button type="button" disabled={empty || busy} onClick={() => void send({ kind: 'set_agenda_item', question: draft }, t.doneAdded)} {...may('set_agenda_item')}>
            {t.addToAgenda}
          </button>
          <button type="submit" disabled={!unsaved || empty || busy} {...may('set_question')}>
            {t.prepare}
          </button>
        </div>
      </form>
      <p class="ready" role="status">
        {theirs.text === '' ? (
          t.notPrepared
        ) : (
          <>
            <span class="good" aria-hidden="true">
              ✓
            </span>{' '}
            {t.prepared} <q lang={theirs.language}>{theirs.text}</q> {theirs.length_ms > 0 && t.lasts(theirs.length_ms / 60_000)}
          </>
        )}
        {unsaved && !empty && <span class="unsaved">{t.unsaved}</span>}
      </p>
      {asking && open ? (
        <Ask question={t.sureStart(open.number)} yes={t.yesStart} no={t.no} onYes={start} onNo={() => setAsking(false)} />
      ) : (
        <button
          type="button" class="big start main" disabled={busy || theirs.text === '' || unsaved}
          onClick={() => (open ? setAsking(true) : start())}
          {...may('start_round')}
        >
          <span aria-hidden="true">▶</span> {open ? t.startAfter(open.number) : t.start}
        </button>
      )}
    </section>
  );
}
