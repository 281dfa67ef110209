// A table's page: the question, one field, and what became of each answer.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { Door, LanguageSwitch, LinkState, Mark } from '../shared/header';
import { useObservable, useWords, viewOf } from '../shared/hooks';
import { chosen, suggest } from '../shared/i18n';
import type { Limits, RoomView } from '../shared/protocol';
import type { Observable } from '../shared/observable';
import { emptyDraft, keepDraft, recallDraft, type Draft } from './draft';
import { AnswerList } from './list';
import { Bell, Countdown, Kinds, Notices, Parts } from './signs';
import type { Answer, Outbox } from './outbox';
import { otherShow, type Sender } from './sender';
import { left, oneLine } from './text';
import { reason, words } from './words';

const pause = 300; // of typing, before the draft is kept
const fewLeft = 20;
const usualLimits: Limits = { text_code_points: 280, text_clusters: 140, message_bytes: 4096, in_flight: 8 };

interface Given {
  table: number;
  connection: Connection;
  outbox: Outbox;
  sender: Sender;
  view: Observable<RoomView | null>;
}

export const roomOf = (connection: Connection): Observable<RoomView | null> => viewOf<RoomView>(connection);

const answerLanguage = (view: RoomView | null): string => {
  const own = chosen();
  return own && view?.languages.includes(own) ? own : view?.round?.language || view?.language || '';
};

// The draft and what changes it; kept on each pause and when the page is left.
function useDraft(table: number, outbox: Outbox) {
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = recallDraft(table);
    return outbox.has(kept.id) ? emptyDraft() : kept;
  });
  const newest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const flush = (): boolean => {
    clearTimeout(timer.current);
    return keepDraft(table, newest.current);
  };
  const change = (next: Draft, now = false): boolean => {
    newest.current = next;
    setDraft(next);
    clearTimeout(timer.current);
    if (now) return flush();
    timer.current = setTimeout(flush, pause);
    return true;
  };
  useEffect(() => {
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
    };
  }, []);
  return { draft, newest, change };
}

// Tells by voice what became of answers since the last time.
function useNews(answers: readonly Answer[], t: ReturnType<typeof useWords<(typeof words)['fr']>>): string {
  const known = useRef(new Map(answers.map((a) => [a.id, a.state])));
  const [news, tell] = useState('');
  useEffect(() => {
    for (const answer of answers) {
      if (known.current.get(answer.id) === answer.state) continue;
      const here = answer.made > 0;
      if (answer.state === 'kept') tell(t.saidKept);
      else if (answer.state === 'received' && here) tell(t.saidReceived);
    }
    known.current = new Map(answers.map((a) => [a.id, a.state]));
  }, [answers]);
  return news;
}

export function TablePage({ table, connection, outbox, sender, view: viewStore }: Given) {
  const t = useWords(words);
  const link = useObservable(connection.link);
  const welcome = useObservable(connection.welcome);
  const view = useObservable(viewStore);
  const answers = useObservable(outbox.answers);
  const durable = useObservable(outbox.durable);
  const { draft, newest, change } = useDraft(table, outbox);
  const [sending, setSending] = useState(false);
  const [givenBack, setGivenBack] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const news = useNews(answers, t);

  useEffect(() => {
    if (view) suggest(view.language);
  }, [view?.language]);

  const limits = welcome?.limits ?? usualLimits;
  const round = view?.round ?? null;
  const remaining = left(draft.text, limits);
  const empty = oneLine(draft.text) === '';
  const sameShow = draft.epoch === '' || !welcome || draft.epoch === welcome.epoch;
  const answersRound = (sameShow && draft.round) || (round?.number ?? 0);
  const earlier = !empty && answersRound > 0 && answersRound !== round?.number;
  const canSend = !empty && remaining >= 0 && answersRound > 0 && !sending;

  const typed = (text: string): void => {
    const began = oneLine(draft.text) === '' || draft.round === 0 || !sameShow;
    const at = began ? { round: round?.number ?? 0, epoch: welcome?.epoch ?? '', part: Math.min(draft.part, round?.parts.length ?? 0) } : {};
    change({ ...draft, ...at, text: text.replace(/[\r\n]+/g, ' ') });
    if (givenBack !== '') setGivenBack('');
  };

  const takeBack = (answer: Answer): void => {
    const now = newest.current;
    const text = [answer.text, oneLine(now.text)].filter((part) => part !== '').join(' ');
    const stale = answer.code === otherShow || answer.code === 'unknown_round';
    const kept = change({ ...emptyDraft(), text, kind: answer.kind ?? 'idea', part: stale ? 0 : (answer.part ?? 0), round: stale ? 0 : answer.round, epoch: stale ? '' : answer.epoch }, true);
    setGivenBack(t.givenBack + reason(t, answer));
    if (kept) void outbox.forget(answer.id);
    field.current?.focus();
  };

  // A refused answer comes back by itself into an empty field; else it waits in the list.
  const refused = answers.find((answer) => answer.state === 'refused');
  useEffect(() => {
    if (refused && oneLine(newest.current.text) === '' && !sending) takeBack(refused);
  }, [refused?.id, empty, sending]);

  const submit = async (): Promise<void> => {
    if (!canSend) return;
    setSending(true);
    const text = oneLine(draft.text);
    await outbox.keep({
      id: draft.id, table, epoch: (sameShow && draft.epoch) || (welcome?.epoch ?? ''), round: answersRound, text,
      language: answerLanguage(view), kind: draft.kind, part: draft.part, state: 'kept', sequence: 0, code: '', message: '', made: Date.now(),
    });
    change({ ...emptyDraft(), part: draft.part }, true);
    setSending(false);
    setGivenBack('');
    sender.pump();
    field.current?.focus();
  };

  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (!event.shiftKey) void submit();
    else if (field.current) {
      const { selectionStart, selectionEnd } = field.current;
      field.current.setRangeText(' ', selectionStart, selectionEnd, 'end');
      typed(field.current.value);
    }
  };

  return (
    <div class="table">
      <header>
        <Mark />
        <p class="number">{t.table(table)}</p>
        <LinkState link={link} words={{ waiting: t.waiting, denied: t.denied }} />
        <LanguageSwitch />
      </header>
      <Door connection={connection} heading={1}>
        {view && <Notices view={view} connection={connection} />}
        <main>
          {view && <Bell table={table} view={view} connection={connection} />}
          <section class="ask" aria-live="polite">
            {round ? (
              <>
                <div class="over">
                  {t.question(round.number)} <Countdown round={round} connection={connection} />
                </div>
                <h1 lang={round.language || view?.language}>{round.question}</h1>
              </>
            ) : (
              view && (
                <>
                  <p class="over">{view.title}</p>
                  <h1>{t.noRound}</h1>
                  <p class="more">{t.noRoundMore}</p>
                </>
              )
            )}
          </section>

          {(round || !empty) && (
            <form
              class="answer"
              onSubmit={(event) => {
                event.preventDefault();
                void submit();
              }}
            >
              {givenBack && (
                <p class="notice back" role="alert">
                  <span aria-hidden="true">↩</span> {givenBack}
                </p>
              )}
              {earlier && (
                <p class="notice">
                  {t.earlier(answersRound)} {t.earlierSend}
                  {round && (
                    <button type="button" onClick={() => change({ ...draft, round: round.number, part: 0 }, true)}>
                      {t.moveOn}
                    </button>
                  )}
                </p>
              )}
              {round && <Parts round={round} chosen={draft.part} locked={!empty && earlier} onChoose={(part) => change({ ...draft, part }, true)} />}
              <Kinds chosen={draft.kind} onChoose={(kind) => change({ ...draft, kind }, true)} />
              <label for="answer">{t.yourAnswer}</label>
              <textarea
                id="answer"
                ref={field}
                rows={3}
                value={draft.text}
                placeholder={t.hint}
                readOnly={sending}
                aria-describedby="left"
                aria-invalid={remaining < 0}
                enterkeyhint="send"
                autocomplete="off"
                lang={answerLanguage(view)}
                onInput={(event) => typed(event.currentTarget.value)}
                onKeyDown={keyDown}
              />
              <div class="row">
                <p id="left" class={remaining < 0 ? 'left over' : remaining <= fewLeft ? 'left few' : 'left'}>
                  {t.left(remaining)}
                </p>
                <button type="submit" class="main" disabled={!canSend}>
                  {t.send}
                </button>
              </div>
              {!durable && <p class="notice">{t.notDurable}</p>}
            </form>
          )}
        </main>
        <AnswerList answers={answers} current={round?.number ?? 0} durable={durable} onTakeBack={takeBack} />
      </Door>
      <p class="hidden" role="status">
        {remaining < 0 ? t.tooLong : news}
      </p>
    </div>
  );
}
