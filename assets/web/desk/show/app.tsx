// The show desk: the evening's questions, their time, the tables and the bell. What ends something for the room asks
// first, and everything done is said.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { DiskNotice } from '../../shared/disk-notice';
import { clock } from '../../shared/format';
import { Door, Header } from '../../shared/header';
import { useObservable, useWords } from '../../shared/hooks';
import { Granted, useMay } from '../../shared/may';
import type { Observable } from '../../shared/observable';
import type { Actual, Command, DeskView, Round } from '../../shared/protocol';
import { rightsOf } from '../../shared/rights';
import { countdown, elapsed, timeLeft, useShowSecond } from '../../shared/rounds';
import { ToastList, type Toasts } from '../../shared/toasts';
import { Agenda } from './agenda';
import { Ask } from './ask';
import { Notices } from './notices';
import { NextQuestion } from './next';
import { Phones } from './phones';
import { Tables } from './tables';
import { Votes } from './votes';
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
  const rights = rightsOf(useObservable(connection.welcome));
  return (
    <>
      <Header title={t.title} link={link} {...(view ? { sub: view.title } : {})} />
      <DiskNotice actual={actual} />
      <Door connection={connection}>
        {view ? (
          <Granted value={rights}>
            <Desk view={view} connection={connection} toasts={toasts} actual={actual} />
          </Granted>
        ) : (
          <main class="wait">{t.loading}</main>
        )}
      </Door>
      <ToastList toasts={toasts} />
    </>
  );
}

interface DeskProps extends Omit<Given, 'view'> {
  view: DeskView;
}

export type Send = (command: Command, said: string) => Promise<boolean>;

const minute = 60_000;

function Desk({ view, connection, toasts, actual }: DeskProps) {
  const t = useWords(words);
  const may = useMay();
  const extending = may('extend_round');
  const { room } = view;
  const open = room.rounds.find((round) => round.open) ?? null;
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [again, setAgain] = useState<Round | null>(null);

  const send: Send = async (command, said) => {
    setBusy(true);
    const done = toasts.check(await connection.command(command));
    if (done) toasts.done(said);
    setBusy(false);
    return done;
  };
  const hold = (): void => void (open && send({ kind: open.paused_since_ms === null ? 'pause_round' : 'resume_round' }, open.paused_since_ms === null ? t.donePause : t.doneResume));
  const extend = (by_ms: number): void => void send({ kind: 'extend_round', by_ms }, t.doneExtend(by_ms / minute));

  useKeys(open !== null, { p: hold, '+': () => extend(minute), '-': () => extend(-minute) });

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
        {open && open.parts.length > 0 && (
          <ol class="parts" lang={open.language || view.language}>
            {open.parts.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ol>
        )}
        {open && <Time round={open} connection={connection} />}
        {open && (
          <div class="clock-keys" role="group" aria-label={t.time}>
            <button type="button" onClick={hold} {...may(open.paused_since_ms === null ? 'pause_round' : 'resume_round')}>
              {open.paused_since_ms === null ? t.pause : t.resume} <kbd>P</kbd>
            </button>
            <button type="button" onClick={() => extend(-minute)} {...extending}>
              − 1 min <kbd>−</kbd>
            </button>
            <button type="button" onClick={() => extend(minute)} {...extending}>
              + 1 min <kbd>+</kbd>
            </button>
            <button type="button" onClick={() => extend(5 * minute)} {...extending}>
              + 5 min
            </button>
            {open.length_ms !== null && (
              <label class="check">
                <input
                  type="checkbox" checked={open.close_at_end}
                  onChange={(event) => void send({ kind: 'extend_round', by_ms: 0, close_at_end: event.currentTarget.checked }, event.currentTarget.checked ? t.doneCloses : t.doneStays)}
                  {...extending}
                />
                {t.closeAtEnd}
              </label>
            )}
          </div>
        )}
        <Figures view={view} open={open} />
        {open &&
          (asking ? (
            <Ask
              question={t.sureStop(open.number)} yes={t.yesStop} no={t.no} onNo={() => setAsking(false)}
              onYes={() => {
                setAsking(false);
                void send({ kind: 'stop_round' }, t.doneStop);
              }}
            />
          ) : (
            <button type="button" class="big stop" disabled={busy} onClick={() => setAsking(true)} {...may('stop_round')}>
              <span aria-hidden="true">■</span> {t.stop}
            </button>
          ))}
      </section>

      <NextQuestion view={view} open={open} busy={busy} send={send} again={again} />
      <Agenda view={view} send={send} />
      <Tables view={view} connection={connection} send={send} />
      <Notices view={view} connection={connection} send={send} />
      <Votes view={view} send={send} actual={actual} />
      <Phones view={view} send={send} />

      <section class="rounds" aria-labelledby="rounds">
        <h2 id="rounds">{t.rounds}</h2>
        {room.rounds.length === 0 && <p class="none">{t.noRounds}</p>}
        <ol>
          {[...room.rounds].reverse().map((round) => (
            <RoundRow key={round.number} round={round} fallback={view.language} onAgain={() => setAgain({ ...round })} />
          ))}
        </ol>
      </section>
    </main>
  );
}

// Keys of the desk, while nobody types.
function useKeys(on: boolean, keys: Record<string, () => void>): void {
  const newest = useRef(keys);
  newest.current = keys;
  useLayoutEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null;
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || target?.closest('input, textarea, select')) return;
      const act = newest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [on]);
}

// Ticks by itself, so that the fields beside it are not drawn again each second.
function Time({ round, connection }: { round: Round; connection: Connection }) {
  const t = useWords(words);
  const now = useShowSecond(connection, round);
  const left = timeLeft(round, now);
  const held = round.paused_since_ms !== null;
  const over = left !== null && left <= 0;
  return (
    <p class={held ? 'countdown held' : over ? 'countdown over' : 'countdown'} role="timer">
      <span class="what">{held ? t.held : left === null ? t.elapsed : over ? t.over : t.left}</span>
      <span class="time">{left === null ? clock(elapsed(round, now)) : countdown(left)}</span>
    </p>
  );
}

function Figures({ view, open }: { view: DeskView; open: Round | null }) {
  const t = useWords(words);
  const { room, setup } = view;
  return (
    <dl class="figures">
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
          {!round.open && <> · {clock(round.elapsed_ms)}</>} · {t.count(round.answers)}
        </p>
      </div>
      <button type="button" class="quiet" onClick={onAgain}>
        {t.again}
      </button>
    </li>
  );
}
