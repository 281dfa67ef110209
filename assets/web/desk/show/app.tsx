// The show desk: prepare the question, open it, close it. What ends something for the room asks first, and
// everything done is said.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { DiskNotice } from '../../shared/disk-notice';
import { clock } from '../../shared/format';
import { Door, Header } from '../../shared/header';
import { useObservable, useTick, useWords } from '../../shared/hooks';
import { called } from '../../shared/names';
import type { Observable } from '../../shared/observable';
import type { Actual, Command, DeskView, Round } from '../../shared/protocol';
import { ToastList, type Toasts } from '../../shared/toasts';
import { words } from './words';

interface Given {
  connection: Connection;
  toasts: Toasts;
  view: Observable<DeskView | null>;
  actual: Observable<Actual | null>;
}

export function ShowPage({ connection, toasts, view: viewStore, actual }: Given) {
  const t = useWords(words);
  const link = useObservable(connection.link);
  const view = useObservable(viewStore);
  return (
    <>
      <Header title={t.title} link={link} {...(view ? { sub: view.title } : {})} />
      <DiskNotice actual={actual} />
      <Door connection={connection}>
        {view ? <Desk view={view} connection={connection} toasts={toasts} /> : <main class="wait">{t.loading}</main>}
      </Door>
      <ToastList toasts={toasts} />
    </>
  );
}

interface DeskProps extends Omit<Given, 'view' | 'actual'> {
  view: DeskView;
}

function Desk({ view, connection, toasts }: DeskProps) {
  const t = useWords(words);
  const { room } = view;
  const open = room.rounds.find((round) => round.open) ?? null;
  const preparedLanguage = room.prepared_language || view.language;
  const [text, setText] = useState(room.prepared_question);
  const [code, setCode] = useState(preparedLanguage);
  const [asking, setAsking] = useState<'start' | 'stop' | null>(null);
  const [busy, setBusy] = useState(false);

  // The field follows what is prepared until someone types here.
  const based = useRef(room.prepared_question);
  const edited = text !== based.current;
  useEffect(() => {
    if (edited && text !== room.prepared_question) return;
    based.current = room.prepared_question;
    setText(room.prepared_question);
    setCode(preparedLanguage);
  }, [room.prepared_question, preparedLanguage]);
  const elsewhere = edited && room.prepared_question !== based.current;
  const unsaved = text.trim() !== room.prepared_question || code !== preparedLanguage;

  const send = async (command: Command, said: string): Promise<void> => {
    setAsking(null);
    setBusy(true);
    if (toasts.check(await connection.command(command))) toasts.done(said);
    setBusy(false);
  };
  const prepare = async (): Promise<void> => {
    if (text.trim() === '' || busy) return;
    await send({ kind: 'set_question', text: text.trim(), language: code }, t.donePrepared);
  };
  const start = (): void => void send({ kind: 'start_round' }, t.doneStart);
  const stop = (): void => void send({ kind: 'stop_round' }, t.doneStop);
  const take = (question: string, lang: string): void => {
    setText(question);
    setCode(lang || view.language);
  };

  return (
    <main class="show">
      <section class={open ? 'now open' : 'now'} aria-labelledby="now">
        <h2 id="now">
          <span class="lamp" aria-hidden="true" /> {open ? t.openNow(open.number) : t.nothing}
        </h2>
        {open ? (
          <p class="question" lang={open.language || view.language}>
            {open.question}
          </p>
        ) : (
          <p class="question none">{t.nothingMore}</p>
        )}
        <Figures view={view} open={open} connection={connection} />
        {open &&
          (asking === 'stop' ? (
            <Ask question={t.sureStop(open.number)} yes={t.yesStop} no={t.no} onYes={stop} onNo={() => setAsking(null)} />
          ) : (
            <button type="button" class="big stop" disabled={busy} onClick={() => setAsking('stop')}>
              <span aria-hidden="true">■</span> {t.stop}
            </button>
          ))}
      </section>

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
            id="question" rows={3} value={text} lang={code} maxLength={280}
            onInput={(event) => setText(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing) return;
              event.preventDefault();
              void prepare();
            }}
          />
          {elsewhere && (
            <p class="elsewhere" role="status">
              {t.elsewhere} <q lang={preparedLanguage}>{room.prepared_question}</q>{' '}
              <button type="button" onClick={() => take(room.prepared_question, preparedLanguage)}>
                {t.takeTheirs}
              </button>
            </p>
          )}
          <div class="row">
            <label for="language">{t.language}</label>
            <select id="language" value={code} onChange={(event) => setCode(event.currentTarget.value)}>
              {view.languages.map((one) => (
                <option key={one} value={one}>
                  {called(t, one)}
                </option>
              ))}
            </select>
            <button type="submit" disabled={!unsaved || text.trim() === '' || busy}>
              {t.prepare}
            </button>
          </div>
        </form>
        <p class="ready" role="status">
          {room.prepared_question === '' ? (
            t.notPrepared
          ) : (
            <>
              <span class="good" aria-hidden="true">
                ✓
              </span>{' '}
              {t.prepared} <q lang={preparedLanguage}>{room.prepared_question}</q>
            </>
          )}
          {unsaved && text.trim() !== '' && <span class="unsaved">{t.unsaved}</span>}
        </p>
        {asking === 'start' && open ? (
          <Ask question={t.sureStart(open.number)} yes={t.yesStart} no={t.no} onYes={start} onNo={() => setAsking(null)} />
        ) : (
          <button
            type="button"
            class="big start main"
            disabled={busy || room.prepared_question === '' || unsaved}
            onClick={() => (open ? setAsking('start') : start())}
          >
            <span aria-hidden="true">▶</span> {open ? t.startAfter(open.number) : t.start}
          </button>
        )}
      </section>

      <section class="rounds" aria-labelledby="rounds">
        <h2 id="rounds">{t.rounds}</h2>
        {room.rounds.length === 0 && <p class="none">{t.noRounds}</p>}
        <ol>
          {[...room.rounds].reverse().map((round) => (
            <RoundRow key={round.number} round={round} fallback={view.language} onAgain={() => take(round.question, round.language)} />
          ))}
        </ol>
      </section>
    </main>
  );
}

// Ticks by itself, so that the field beside it is not drawn again each second.
function Figures({ view, open, connection }: { view: DeskView; open: Round | null; connection: Connection }) {
  const t = useWords(words);
  useTick(500, open !== null);
  const { room, setup } = view;
  return (
    <dl class="figures">
      {open && (
        <div>
          <dt>{t.elapsed}</dt>
          <dd class="time">{clock(connection.showNow() - open.started_ms)}</dd>
        </div>
      )}
      {open && (
        <div>
          <dt>{t.answers}</dt>
          <dd class="answers">{open.answers}</dd>
        </div>
      )}
      <div>
        <dt>{t.allAnswers}</dt>
        <dd>{room.answers}</dd>
      </div>
      <div>
        <dt>{t.heard}</dt>
        <dd>{t.of(room.tables_heard, setup.tables)}</dd>
      </div>
    </dl>
  );
}

interface AskProps {
  question: string;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}

function Ask({ question, yes, no, onYes, onNo }: AskProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div
      class="ask" role="group" aria-labelledby="sure"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <p id="sure">{question}</p>
      <button type="button" ref={first} onClick={onNo}>
        {no}
      </button>
      <button type="button" class="yes" onClick={onYes}>
        {yes}
      </button>
    </div>
  );
}

function RoundRow({ round, fallback, onAgain }: { round: Round; fallback: string; onAgain: () => void }) {
  const t = useWords(words);
  return (
    <li>
      <span class="number">{round.number}</span>
      <div>
        <p class="question" lang={round.language || fallback}>
          {round.question}
        </p>
        <p class="facts">
          <span class={round.open ? 'good' : ''}>
            <span aria-hidden="true">{round.open ? '●' : '■'}</span> {round.open ? t.open : t.closed}
          </span>
          {!round.open && <> · {clock(round.ended_ms - round.started_ms)}</>} · {t.count(round.answers)}
        </p>
      </div>
      <button type="button" class="quiet" onClick={onAgain}>
        {t.again}
      </button>
    </li>
  );
}
