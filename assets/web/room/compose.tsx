// The one field of a table or a phone that contributes: typed in peace, kept on each pause, sent when it fits.
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { useObservable, useWords } from '../shared/hooks';
import { chosen } from '../shared/i18n';
import type { Limits, RoomView } from '../shared/protocol';
import { emptyDraft, keepDraft, recallDraft, type Draft } from './draft';
import type { Answer, Outbox } from './outbox';
import { otherShow, type Sender } from './sender';
import { Kinds, Parts } from './signs';
import { left, oneLine, titleLimits } from './text';
import { reason, words } from './words';

const pause = 300; // of typing, before the draft is kept
const fewLeft = 20;
export const usualLimits: Limits = { text_code_points: 280, text_clusters: 140, message_bytes: 4096, in_flight: 8 };

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

interface Given {
  table: number; // 0: a phone
  connection: Connection;
  outbox: Outbox;
  sender: Sender;
  view: RoomView | null;
}

export interface Composing extends Given {
  takeBack: (answer: Answer) => void;
  empty: boolean;
  // For the form
  draft: Draft;
  remaining: number;
  titleFits: boolean;
  earlier: boolean;
  answersRound: number;
  canSend: boolean;
  sending: boolean;
  givenBack: string;
  news: string;
  field: RefObject<HTMLTextAreaElement>;
  change: (next: Draft, now?: boolean) => boolean;
  typed: (words: { text?: string; title?: string }) => void;
  submit: () => Promise<void>;
}

export function useCompose(given: Given): Composing {
  const { table, connection, outbox, sender, view } = given;
  const t = useWords(words);
  const welcome = useObservable(connection.welcome);
  const answers = useObservable(outbox.answers);
  const { draft, newest, change } = useDraft(table, outbox);
  const [sending, setSending] = useState(false);
  const [givenBack, setGivenBack] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const news = useNews(answers, t);

  const round = view?.round ?? null;
  const remaining = left(draft.text, welcome?.limits ?? usualLimits);
  const titleFits = left(draft.title, titleLimits) >= 0;
  const empty = oneLine(draft.text) === '' && oneLine(draft.title) === '';
  const sameShow = draft.epoch === '' || !welcome || draft.epoch === welcome.epoch;
  const answersRound = (sameShow && draft.round) || (round?.number ?? 0);
  const earlier = !empty && answersRound > 0 && answersRound !== round?.number;
  const canSend = oneLine(draft.text) !== '' && remaining >= 0 && titleFits && answersRound > 0 && !sending;

  const typed = ({ text = draft.text, title = draft.title }: { text?: string; title?: string }): void => {
    const began = empty || draft.round === 0 || !sameShow;
    const at = began ? { round: round?.number ?? 0, epoch: welcome?.epoch ?? '', part: Math.min(draft.part, round?.parts.length ?? 0) } : {};
    change({ ...draft, ...at, text: text.replace(/[\r\n]+/g, ' '), title });
    if (givenBack !== '') setGivenBack('');
  };

  const takeBack = (answer: Answer): void => {
    const now = newest.current;
    const text = [answer.text, oneLine(now.text)].filter((part) => part !== '').join(' ');
    const stale = answer.code === otherShow || answer.code === 'unknown_round';
    const kept = change(
      {
        ...emptyDraft(), text, title: answer.title || now.title, kind: answer.kind ?? 'idea', part: stale ? 0 : (answer.part ?? 0),
        round: stale ? 0 : answer.round, epoch: stale ? '' : answer.epoch,
      },
      true,
    );
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
    await outbox.keep({
      id: draft.id, table, epoch: (sameShow && draft.epoch) || (welcome?.epoch ?? ''), round: answersRound, text: oneLine(draft.text),
      title: oneLine(draft.title), language: answerLanguage(view), kind: draft.kind, part: draft.part, state: 'kept', sequence: 0, code: '',
      message: '', made: Date.now(),
    });
    change({ ...emptyDraft(), part: draft.part }, true);
    setSending(false);
    setGivenBack('');
    sender.pump();
    field.current?.focus();
  };

  return { ...given, takeBack, empty, draft, remaining, titleFits, earlier, answersRound, canSend, sending, givenBack, news, field, change, typed, submit };
}

export function Compose({ composing, shut }: { composing: Composing; shut?: string }) {
  const t = useWords(words);
  const { draft, remaining, titleFits, earlier, answersRound, canSend, sending, givenBack, field, change, typed, submit, view } = composing;
  const durable = useObservable(composing.outbox.durable);
  const [titled, setTitled] = useState(false);
  const round = view?.round ?? null;
  const language = answerLanguage(view);
  const send = (): void => {
    if (shut) return;
    setTitled(false);
    void submit();
  };

  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (!event.shiftKey) send();
    else if (field.current) {
      const { selectionStart, selectionEnd } = field.current;
      field.current.setRangeText(' ', selectionStart, selectionEnd, 'end');
      typed({ text: field.current.value });
    }
  };

  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {givenBack && (
        <p class="notice back" role="alert">
          <span aria-hidden="true">↩</span> {givenBack}
        </p>
      )}
      {shut && (
        <p class="notice" role="status">
          {shut}
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
      {round && <Parts round={round} chosen={draft.part} locked={!composing.empty && earlier} onChoose={(part) => change({ ...draft, part }, true)} />}
      <Kinds chosen={draft.kind} onChoose={(kind) => change({ ...draft, kind }, true)} />
      <div class="heads">
        <label for="answer">{t.yourAnswer}</label>
        {!titled && draft.title === '' && (
          <button type="button" class="quiet" onClick={() => setTitled(true)}>
            + {t.addTitle}
          </button>
        )}
      </div>
      {(titled || draft.title !== '') && (
        <input
          class="title" value={draft.title} aria-label={t.title} placeholder={t.title} aria-invalid={!titleFits} lang={language} autocomplete="off"
          ref={titled && draft.title === '' ? focused : null} onInput={(event) => typed({ title: event.currentTarget.value })}
        />
      )}
      <textarea
        id="answer" ref={field} rows={3} value={draft.text} placeholder={t.hint} readOnly={sending} aria-describedby="left"
        aria-invalid={remaining < 0} enterkeyhint="send" autocomplete="off" lang={language}
        onInput={(event) => typed({ text: event.currentTarget.value })} onKeyDown={keyDown}
      />
      <div class="row">
        <p id="left" class={remaining < 0 ? 'left over' : remaining <= fewLeft ? 'left few' : 'left'}>
          {titleFits ? t.left(remaining) : t.titleTooLong}
        </p>
        <button type="submit" class="main" disabled={!canSend || shut !== undefined}>
          {t.send}
        </button>
      </div>
      {!durable && <p class="notice">{t.notDurable}</p>}
    </form>
  );
}

const focused = (field: HTMLInputElement | null): void => field?.focus();
