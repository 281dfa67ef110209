// The room's votes: prepared, opened, closed with their results told or not; what looks wrong in them is said.
import { useState } from 'preact/hooks';
import { bars, mean } from '../../room/ballot';
import { Bars } from '../../room/bars';
import { choiceOf } from '../../room/choices';
import { saidWords } from '../../room/said-words';
import { decimal } from '../../shared/format';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { useKept } from '../../shared/kept';
import { useMay } from '../../shared/may';
import type { Observable } from '../../shared/observable';
import type { Actual, DeskView, Poll, PollKind } from '../../shared/protocol';
import type { Send } from './app';
import { Ask } from './ask';
import { doubts } from './doubts';
import { voteWords } from './vote-words';

const kinds: readonly PollKind[] = ['single', 'multiple', 'yes_no', 'dots', 'ranking', 'scale'];
const hasOptions = (kind: PollKind): boolean => kind !== 'yes_no' && kind !== 'scale';

interface Given {
  view: DeskView;
  send: Send;
  actual: Observable<Actual | null>;
}

export function Votes({ view, send, actual }: Given) {
  const t = useWords(voteWords);
  const { polls } = view.room;
  const [changing, change] = useState<Poll | null>(null);
  const devices = useObservable(actual)?.net.clients ?? Infinity;
  const open = polls.find((poll) => poll.open) ?? null;
  return (
    <section class="votes" aria-labelledby="votes">
      <h2 id="votes">{t.votes}</h2>
      {polls.length === 0 && <p class="facts">{t.none}</p>}
      <ol>
        {[...polls].reverse().map((poll) => (
          <Vote key={poll.number} poll={poll} other={open && open.number !== poll.number ? open : null} devices={devices} send={send} onChange={() => change(poll)} />
        ))}
      </ol>
      <Editor key={changing?.number ?? 0} poll={changing} send={send} onEnd={() => change(null)} />
    </section>
  );
}

interface VoteGiven {
  poll: Poll;
  send: Send;
  devices: number; // connected
  other: Poll | null; // that is open
  onChange: () => void;
}

function Vote({ poll, other, devices, send, onChange }: VoteGiven) {
  const t = useWords(voteWords);
  const s = useWords(saidWords);
  const now = useObservable(language);
  const may = useMay();
  const [asking, ask] = useState<'open' | 'remove' | null>(null);
  const { number, tally } = poll;
  const voices = tally?.voices ?? 0;
  const begun = poll.open || poll.closed;
  const openIt = (): void => {
    ask(null);
    void send({ kind: 'open_poll', poll: number }, t.doneOpen);
  };
  const close = (results: boolean): void =>
    void send({ kind: 'close_poll', poll: number, results }, poll.open ? t.doneClosed : results ? t.doneTold : t.doneKept);
  const average = poll.poll_kind === 'scale' ? mean(poll) : null;
  const rows = bars(poll).map(({ choice, marks, share, percent }) => ({
    label: choiceOf(s, poll, choice), share, mine: false, figure: percent === null ? s.points(marks) : `${marks} · ${s.percent(percent)}`,
  }));
  const state = poll.open ? t.isOpen : poll.closed ? `${t.isClosed} · ${poll.results ? t.told : t.untold}` : t.isReady;
  return (
    <li class={poll.open ? 'open' : ''} data-poll={number}>
      <p class="question">{poll.text}</p>
      <p class="facts">
        <span aria-hidden="true">{poll.open ? '●' : poll.closed ? '■' : '○'}</span> {state} · {t[`kind_${poll.poll_kind}`]}
      </p>
      {begun && tally && (
        <>
          <p class="facts tally">{t.figures(voices, tally.changed, tally.most_in_second)}</p>
          {doubts(tally, devices).map((doubt) => (
            <p key={doubt} class="doubt" role="alert">
              <span aria-hidden="true">▲</span> {t[`doubt_${doubt}`]}
            </p>
          ))}
          {average !== null && <p class="facts">{s.mean(decimal(average, 1, now))}</p>}
          <Bars rows={rows} />
        </>
      )}
      {asking === 'remove' && (
        <Ask
          question={t.sureRemove(poll.text)} yes={t.yesRemove} no={t.noRemove} onNo={() => ask(null)}
          onYes={() => {
            ask(null);
            void send({ kind: 'remove_poll', poll: number }, t.doneRemoved);
          }}
        />
      )}
      {asking === 'open' && other && <Ask question={t.sureOpen(other.text)} yes={t.yesOpen} no={t.noOpen} onNo={() => ask(null)} onYes={openIt} />}
      {asking === null && (
        <div class="row">
          {poll.open ? (
            <>
              <button type="button" class="main" onClick={() => close(true)} {...may('close_poll')}>
                {t.closeTell}
              </button>
              <button type="button" onClick={() => close(false)} {...may('close_poll')}>
                {t.closeKeep}
              </button>
            </>
          ) : (
            <>
              <button type="button" class={begun ? '' : 'main'} onClick={() => (other ? ask('open') : openIt())} {...may('open_poll')}>
                {begun ? t.reopen : t.open}
              </button>
              {poll.closed && (
                <button type="button" onClick={() => close(!poll.results)} {...may('close_poll')}>
                  {poll.results ? t.keep : t.tell}
                </button>
              )}
              {!begun && (
                <button type="button" onClick={onChange} {...may('set_poll')}>
                  {t.edit}
                </button>
              )}
              {voices === 0 && (
                <button type="button" class="quiet" onClick={() => ask('remove')} {...may('remove_poll')}>
                  {t.remove}
                </button>
              )}
            </>
          )}
        </div>
      )}
    </li>
  );
}

interface Draft {
  kind: PollKind;
  text: string;
  options: string; // one a line
  dots: number;
  steps: number;
  low: string;
  high: string;
}
const blank: Draft = { kind: 'single', text: '', options: '', dots: 3, steps: 5, low: '', high: '' };
const draftOf = (poll: Poll): Draft => ({
  kind: poll.poll_kind, text: poll.text, options: poll.options.join('\n'), dots: poll.dots, steps: poll.steps, low: poll.options[0] ?? '', high: poll.options[1] ?? '',
});
const asDraft = (kept: unknown): Draft | undefined => {
  const draft = { ...blank, ...(kept as Partial<Draft> | null) };
  return kinds.includes(draft.kind) ? draft : undefined;
};
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function Editor({ poll, send, onEnd }: { poll: Poll | null; send: Send; onEnd: () => void }) {
  const t = useWords(voteWords);
  const may = useMay();
  const [draft, setDraft] = useKept(`vote.${poll?.number ?? 0}`, poll ? draftOf(poll) : blank, asDraft, 'session');
  const listed = draft.options.split('\n').map(oneLine).filter((line) => line !== '');
  const ends = [oneLine(draft.low), oneLine(draft.high)];
  const options = hasOptions(draft.kind) ? listed : draft.kind === 'scale' && ends.every((end) => end !== '') ? ends : [];
  const fits = oneLine(draft.text) !== '' && (!hasOptions(draft.kind) || (listed.length >= 2 && listed.length <= 12));
  const save = async (): Promise<void> => {
    const command = { kind: 'set_poll' as const, poll_kind: draft.kind, text: oneLine(draft.text), options, dots: draft.dots, steps: draft.steps };
    if (!(await send({ ...command, ...(poll ? { poll: poll.number } : {}) }, t.doneSaved))) return;
    setDraft(blank);
    onEnd();
  };
  const number = (name: 'dots' | 'steps', least: number, most: number) => (
    <label>
      {t[name]}
      <input
        type="number" min={least} max={most} value={draft[name]}
        onInput={(event) => setDraft({ ...draft, [name]: Math.max(least, Math.min(most, Math.round(Number(event.currentTarget.value)) || least)) })}
      />
    </label>
  );
  return (
    <form
      class="editor" aria-label={poll ? t.change(poll.text) : t.prepare}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) void save();
      }}
    >
      <h3>{poll ? t.change(poll.text) : t.prepare}</h3>
      <label for="poll-text">{t.pollText}</label>
      <input id="poll-text" value={draft.text} maxLength={280} autocomplete="off" onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })} />
      <div class="grid">
        <label>
          {t.pollKind}
          <select value={draft.kind} onChange={(event) => setDraft({ ...draft, kind: event.currentTarget.value as PollKind })}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t[`kind_${kind}`]}
              </option>
            ))}
          </select>
        </label>
        {draft.kind === 'dots' && number('dots', 1, 20)}
        {draft.kind === 'scale' && number('steps', 2, 11)}
      </div>
      {hasOptions(draft.kind) && (
        <label>
          {t.options}
          <textarea rows={4} value={draft.options} onInput={(event) => setDraft({ ...draft, options: event.currentTarget.value })} />
        </label>
      )}
      {draft.kind === 'scale' && (
        <div class="grid">
          {(['low', 'high'] as const).map((end) => (
            <label key={end}>
              {t[end]}
              <input value={draft[end]} onInput={(event) => setDraft({ ...draft, [end]: event.currentTarget.value })} />
            </label>
          ))}
        </div>
      )}
      <div class="row end">
        {poll && (
          <button
            type="button"
            onClick={() => {
              setDraft(blank);
              onEnd();
            }}
          >
            {t.giveUp}
          </button>
        )}
        <button type="submit" disabled={!fits} {...(fits ? may('set_poll') : {})}>
          {poll ? t.saveChange : t.save}
        </button>
      </div>
    </form>
  );
}
