// Votes: one tap where one choice says it all, a small ballot elsewhere; a vote can be changed while it is open.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isWaiting, lastOf, type Casts } from '../shared/casts';
import { decimal } from '../shared/format';
import { useObservable, useWords } from '../shared/hooks';
import { language } from '../shared/i18n';
import type { Poll } from '../shared/protocol';
import { bars, dotsLeft, dotted, isOneTap, mean, moved, noMarks, sameMarks, toggled, type Marks } from './ballot';
import { Bars } from './bars';
import { choiceOf } from './choices';
import { saidWords } from './said-words';

interface Given {
  poll: Poll;
  casts: Casts;
  reacts: boolean;
  onHide?: () => void;
}

export function PollCard({ poll, casts, reacts, onHide }: Given) {
  const s = useWords(saidWords);
  const said = useObservable(casts.all);
  const cast = lastOf(said, `vote/${poll.number}`, 'vote')?.marks ?? null;
  const head = `poll-${poll.number}`;
  return (
    <section class="card poll" aria-labelledby={head}>
      <p class="over">
        {poll.open ? s.vote : s.results}
        {poll.tally && <span> · {s.voices(poll.tally.voices)}</span>}
      </p>
      <h2 id={head} dir="auto">
        {poll.text}
      </h2>
      {poll.open && <Ballot key={poll.number} poll={poll} cast={cast} casts={casts} reacts={reacts} />}
      {poll.results && <Results poll={poll} cast={cast} />}
      {poll.open && (
        <p class={cast ? 'voted shown' : 'voted'} role="status">
          {cast && (isWaiting(said, `vote/${poll.number}`) ? `○ ${s.keptVote}` : `✓ ${s.counted}`)}
        </p>
      )}
      {!reacts && poll.open && <p class="shut">{s.door_closed}</p>}
      {onHide && (
        <button type="button" class="quiet" onClick={onHide}>
          {s.hide}
        </button>
      )}
    </section>
  );
}

interface BallotGiven {
  poll: Poll;
  cast: Marks | null;
  casts: Casts;
  reacts: boolean;
}

function Ballot({ poll, cast, casts, reacts }: BallotGiven) {
  const s = useWords(saidWords);
  const [marks, setMarks] = useState<Marks>(cast ?? noMarks(poll));
  const vote = (chosen: Marks): void => casts.say({ kind: 'vote', poll: poll.number, marks: [...chosen] });
  // What was taken back, or said on another page of this device.
  const known = JSON.stringify(cast);
  const shown = useRef(known);
  useEffect(() => {
    if (shown.current === known) return; // a finger may have been quicker than the first drawing
    shown.current = known;
    setMarks(cast ?? noMarks(poll));
  }, [known]);
  if (isOneTap(poll)) {
    return (
      <>
        <p class="more">{poll.poll_kind === 'scale' ? s.chooseStep : s.chooseOne}</p>
        <div class={poll.poll_kind === 'scale' ? 'choices steps' : 'choices'} role="group" aria-label={poll.text}>
          {Array.from({ length: poll.choices }, (_, choice) => (
            <button key={choice} type="button" aria-pressed={cast?.[0] === choice} aria-label={choiceOf(s, poll, choice)} disabled={!reacts} onClick={() => vote([choice])}>
              {poll.poll_kind === 'scale' ? choice + 1 : choiceOf(s, poll, choice)}
            </button>
          ))}
        </div>
        {poll.poll_kind === 'scale' && poll.options.length > 0 && (
          <p class="ends" aria-hidden="true">
            <span>{poll.options[0]}</span>
            <span>{poll.options[1]}</span>
          </p>
        )}
      </>
    );
  }
  const some = poll.poll_kind === 'dots' ? marks.some((n) => n > 0) : marks.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reacts) vote(marks);
      }}
    >
      {poll.poll_kind === 'multiple' && <Several poll={poll} marks={marks} onChange={setMarks} />}
      {poll.poll_kind === 'dots' && <Dots poll={poll} marks={marks} onChange={setMarks} />}
      {poll.poll_kind === 'ranking' && <Ranking poll={poll} marks={marks} onChange={setMarks} />}
      <button type="submit" class="main cast" disabled={!reacts || (cast ? sameMarks(cast, marks) : !some)}>
        {cast ? s.castAgain : s.cast}
      </button>
    </form>
  );
}

interface MarksGiven {
  poll: Poll;
  marks: Marks;
  onChange: (marks: Marks) => void;
}

function Several({ poll, marks, onChange }: MarksGiven) {
  const s = useWords(saidWords);
  return (
    <fieldset class="choices">
      <legend class="more">{s.chooseSome}</legend>
      {poll.options.map((option, choice) => (
        <label key={choice}>
          <input type="checkbox" checked={marks.includes(choice)} onChange={() => onChange(toggled(marks, choice))} />
          <span dir="auto">{option}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Dots({ poll, marks, onChange }: MarksGiven) {
  const s = useWords(saidWords);
  const leftOver = dotsLeft(poll, marks);
  return (
    <>
      <p class="more">
        {s.dots(poll.dots)} <b role="status">{s.dotsLeft(leftOver)}</b>
      </p>
      <ul class="dots">
        {poll.options.map((option, choice) => (
          <li key={choice}>
            <span dir="auto">{option}</span>
            <button type="button" aria-label={s.fewerDots(option)} disabled={(marks[choice] ?? 0) === 0} onClick={() => onChange(dotted(poll, marks, choice, -1))}>
              −
            </button>
            <b>
              <span class="hidden">{option} : </span>
              {marks[choice] ?? 0}
            </b>
            <button type="button" aria-label={s.moreDots(option)} disabled={leftOver === 0} onClick={() => onChange(dotted(poll, marks, choice, 1))}>
              +
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Ranking({ poll, marks, onChange }: MarksGiven) {
  const s = useWords(saidWords);
  const name = (choice: number): string => poll.options[choice] ?? '';
  const rest = poll.options.map((_, choice) => choice).filter((choice) => !marks.includes(choice));
  const [news, tell] = useState('');
  // The keyboard stays where it was, though its button moves or goes.
  const place = useRef<HTMLDivElement>(null);
  const wanted = useRef('');
  useEffect(() => {
    if (wanted.current !== '') [...(place.current?.querySelectorAll<HTMLElement>(wanted.current) ?? [])][0]?.focus();
    wanted.current = '';
  }, [marks]);
  const change = (next: Marks, choice: number, act = ''): void => {
    onChange(next);
    wanted.current = act === '' ? '.choices button, .ranked button:not(:disabled)' : `[data-choice='${choice}'] .${act}:not(:disabled), [data-choice='${choice}'] button:not(:disabled)`;
    const at = next.indexOf(choice);
    tell(at < 0 ? s.out(name(choice)) : s.rankedAt(name(choice), at + 1));
  };
  return (
    <div ref={place}>
      <p class="more">{s.rank}</p>
      <ol class="ranked" aria-label={s.ranked}>
        {marks.map((choice, at) => (
          <li key={choice} data-choice={choice}>
            <b aria-hidden="true">{at + 1}</b>
            <span dir="auto">{name(choice)}</span>
            <button type="button" class="up" aria-label={s.up(name(choice))} disabled={at === 0} onClick={() => change(moved(marks, at, -1), choice, 'up')}>
              ↑
            </button>
            <button type="button" class="down" aria-label={s.down(name(choice))} disabled={at === marks.length - 1} onClick={() => change(moved(marks, at, 1), choice, 'down')}>
              ↓
            </button>
            <button type="button" aria-label={s.out(name(choice))} onClick={() => change(toggled(marks, choice), choice)}>
              ✕
            </button>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <div class="choices" role="group" aria-label={s.unranked}>
          {rest.map((choice) => (
            <button key={choice} type="button" dir="auto" onClick={() => change(toggled(marks, choice), choice)}>
              {name(choice)}
            </button>
          ))}
        </div>
      )}
      <p class="hidden" role="status">
        {news}
      </p>
    </div>
  );
}

export function Results({ poll, cast }: { poll: Poll; cast: Marks | null }) {
  const s = useWords(saidWords);
  const now = useObservable(language);
  const chosen = (choice: number): boolean => (poll.poll_kind === 'dots' ? (cast?.[choice] ?? 0) > 0 : poll.poll_kind === 'ranking' ? cast?.[0] === choice : cast?.includes(choice) === true);
  const average = poll.poll_kind === 'scale' ? mean(poll) : null;
  const rows = bars(poll).map(({ choice, marks, share, percent }) => ({
    label: choiceOf(s, poll, choice), share, mine: chosen(choice), figure: percent === null ? s.points(marks) : `${marks} · ${s.percent(percent)}`,
  }));
  return (
    <>
      {average !== null && <p class="sum">{s.mean(decimal(average, 1, now))}</p>}
      <Bars rows={rows} />
    </>
  );
}
