// One's own answers, newest first, each with what became of it in a sign and in words, and what one can still do.
import { useState } from 'preact/hooks';
import { isWaiting, lastOf, type CastMap, type Casts } from '../shared/casts';
import { useObservable, useWords } from '../shared/hooks';
import { asText, useKept } from '../shared/kept';
import type { ContributionState, Limits, OwnContribution } from '../shared/protocol';
import type { Answer } from './outbox';
import { saidWords } from './said-words';
import { left, oneLine, titleLimits } from './text';
import { reason, words } from './words';

const signs: Record<Answer['state'], string> = { kept: '○', received: '✓', refused: '✕' };
const standSigns: Record<ContributionState, string> = { waiting: '◔', shown: '✓✓', gathered: '✓✓', held: '!', retracted: '—' };

interface Given {
  answers: readonly Answer[];
  current: number; // the round that is open, 0: none
  durable: boolean;
  limits: Limits;
  casts: Casts;
  heading: boolean;
  onTakeBack: (answer: Answer) => void;
}

export const needsAttention = (answers: readonly Answer[]): boolean =>
  answers.some(({ own }) => own && own.state !== 'retracted' && (own.state === 'held' || own.proposal !== null));

export function AnswerList({ answers, current, durable, limits, casts, heading, onTakeBack }: Given) {
  const t = useWords(words);
  const said = useObservable(casts.all);
  const newestFirst = [...answers].reverse();
  const rounds = [...new Set(newestFirst.map((answer) => answer.round))].sort((a, b) => b - a);
  return (
    <section class="ours" aria-label={t.ours}>
      {heading && <h2>{t.ours}</h2>}
      {answers.length === 0 && <p class="none">{t.none}</p>}
      {rounds.map((round) => (
        <section key={round}>
          {(round !== current || rounds.length > 1) && <h3>{t.question(round)}</h3>}
          <ul>
            {newestFirst
              .filter((answer) => answer.round === round)
              .map((answer) => (
                <OwnAnswer key={answer.id} answer={answer} open={round === current} durable={durable} limits={limits} casts={casts} said={said} onTakeBack={onTakeBack} />
              ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

interface OneGiven extends Omit<Given, 'answers' | 'current' | 'heading'> {
  answer: Answer;
  open: boolean; // its round is
  said: CastMap;
}

function OwnAnswer({ answer, open, durable, limits, casts, said, onTakeBack }: OneGiven) {
  const t = useWords(words);
  const s = useWords(saidWords);
  const { own } = answer;
  const [doing, setDoing] = useState<'edit' | 'retract' | null>(null);
  const item = `own/${answer.id}`;
  const revised = lastOf(said, item, 'revise');
  const leaving = lastOf(said, item, 'retract') !== null;
  const text = revised?.text ?? answer.text;
  const title = revised?.title ?? answer.title ?? '';
  const state = own?.state ?? '';
  const gone = state === 'retracted';
  const idle = own !== undefined && !gone && !leaving && doing === null;
  return (
    <li class={`${answer.state} ${state}`.trim()} data-id={answer.id}>
      {doing === 'edit' && own ? (
        <Edit
          own={own} text={text} title={title} limits={limits} onEnd={() => setDoing(null)}
          onSave={(words) => casts.say({ kind: 'revise', contribution: answer.id, ...words })}
        />
      ) : (
        <>
          {title !== '' && <h4 dir="auto">{title}</h4>}
          <p class="text" dir="auto">
            {text}
          </p>
        </>
      )}
      <p class="state">
        <span class="sign" aria-hidden="true">
          {state === '' ? signs[answer.state] : standSigns[state]}
        </span>{' '}
        {stateWords()}
        {answer.state === 'refused' && ` : ${reason(t, answer)}`}
        {own && (
          <span class="facts">
            {[own.kind !== 'idea' ? t[`kind_${own.kind}`] : '', own.edited && !gone ? s.edited : '', own.late ? s.late : ''].filter((fact) => fact !== '').map((fact) => ` · ${fact}`)}
          </span>
        )}
      </p>
      {isWaiting(said, item) && <p class="state waits">○ {leaving ? s.leaving : s.changing}</p>}
      {own?.hold && !gone && own.hold.note !== '' && (
        <div class="word">
          <p>{s.note}</p>
          <p dir="auto">{own.hold.note}</p>
        </div>
      )}
      {own?.hold?.review_wanted && !gone && <p class="more">{s.reviewWanted}</p>}
      {own && own.likes > 0 && !gone && (
        <p class="liked">
          <span aria-hidden="true">♥</span> {s.likes(own.likes)}
        </p>
      )}
      {own?.outcome && (
        <div class="word outcome">
          <p>{s.outcome}</p>
          <p dir="auto">{own.outcome.text}</p>
        </div>
      )}
      {own && own.proposal !== null && idle && !isWaiting(said, `proposal/${answer.id}`) && (
        <div class="word proposal">
          <p>{s.proposal}</p>
          <p dir="auto" class="text">
            {own.proposal}
          </p>
          <div class="acts">
            <button type="button" class="main" onClick={() => casts.say({ kind: 'answer_proposal', contribution: answer.id, accept: true })}>
              {s.accept}
            </button>
            <button type="button" onClick={() => casts.say({ kind: 'answer_proposal', contribution: answer.id, accept: false })}>{s.keepOurs}</button>
          </div>
        </div>
      )}
      {answer.state === 'refused' && (
        <button type="button" onClick={() => onTakeBack(answer)}>
          {t.takeBack}
        </button>
      )}
      {idle && (
        <div class="acts quietly">
          {open && (
            <button type="button" aria-label={`${s.edit} : ${text}`} onClick={() => setDoing('edit')}>
              {s.edit}
            </button>
          )}
          <button type="button" aria-label={`${s.retract} : ${text}`} onClick={() => setDoing('retract')}>
            {s.retract}
          </button>
        </div>
      )}
      {doing === 'retract' && (
        <div class="sure" role="group" aria-label={s.sureRetract} onKeyDown={(event) => event.key === 'Escape' && setDoing(null)}>
          <p>{s.sureRetract}</p>
          <div class="acts">
            <button type="button" ref={(button) => button?.focus()} onClick={() => setDoing(null)}>
              {s.noRetract}
            </button>
            <button
              type="button" class="yes"
              onClick={() => {
                setDoing(null);
                casts.say({ kind: 'retract', contribution: answer.id });
              }}
            >
              {s.yesRetract}
            </button>
          </div>
        </div>
      )}
    </li>
  );

  function stateWords(): string {
    if (answer.state === 'kept' && !durable) return t.keptMemory;
    if (!own) return t[answer.state];
    if (own.state === 'gathered') return s.gathered(own.theme_title);
    if (own.state === 'held' && own.hold) return s.heldBecause(s[`hold_${own.hold.reason}`]);
    return s[own.state];
  }
}

interface EditGiven {
  own: OwnContribution;
  text: string;
  title: string;
  limits: Limits;
  onSave: (words: { text: string; title: string }) => void;
  onEnd: () => void;
}

// What is typed here outlives a reload, and no word of the server changes it.
function Edit({ own, text, title, limits, onSave, onEnd }: EditGiven) {
  const s = useWords(saidWords);
  const t = useWords(words);
  const [typed, setTyped] = useKept(`edit.${own.id}`, text, asText, 'session');
  const [head, setHead] = useKept(`edit.title.${own.id}`, title, asText, 'session');
  const remaining = left(typed, limits);
  const fits = oneLine(typed) !== '' && remaining >= 0 && left(head, titleLimits) >= 0;
  const end = (save: boolean): void => {
    if (save) onSave({ text: oneLine(typed), title: oneLine(head) });
    setTyped(text);
    setHead(title);
    onEnd();
  };
  return (
    <form
      class="edit" onKeyDown={(event) => event.key === 'Escape' && end(false)}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) end(true);
      }}
    >
      <label>
        {s.editTitle}
        <input value={head} onInput={(event) => setHead(event.currentTarget.value)} />
      </label>
      <label>
        {s.editText}
        <textarea
          rows={3} value={typed} aria-invalid={remaining < 0} ref={focusOnce}
          onInput={(event) => setTyped(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            if (fits) end(true);
          }}
        />
      </label>
      <p class={remaining < 0 ? 'left over' : 'left'}>{t.left(remaining)}</p>
      <div class="acts">
        <button type="submit" class="main" disabled={!fits}>
          {s.save}
        </button>
        <button type="button" onClick={() => end(false)}>
          {s.cancel}
        </button>
      </div>
    </form>
  );
}

const focusOnce = (field: HTMLTextAreaElement | null): void => {
  if (field && !field.closest('form')?.contains(document.activeElement)) field.focus();
};
