// One contribution, all that is known of it, and what can be done; or what is done to all that are chosen.
import { useEffect } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import { called } from '../../shared/names';
import type { Command, FacilitatorContribution } from '../../shared/protocol';
import { canUndo } from './queue';
import { DeedLine } from './deeds';
import type { Doing } from './doing';
import type { Store } from './store';
import { words } from './words';

const storyAfter = 350; // milliseconds on the same one

interface Given {
  item: FacilitatorContribution | undefined;
  selected: number;
  same: readonly string[];
  looker: string;
  me: string;
  lit: boolean;
  doing: Doing;
  store: Store;
  connection: Connection;
  choose: (ids: readonly string[]) => void;
}

export function Detail(given: Given) {
  const { item, selected, choose } = given;
  const t = useWords(words);
  return (
    <section class="detail" aria-labelledby="detail">
      <h2 id="detail" class="hidden">
        {t.detail}
      </h2>
      {selected > 0 && (
        <p class="chosen" role="status">
          <strong>{t.selected(selected)}</strong>
          <button type="button" class="quiet" onClick={() => choose([])}>
            {t.unselect} <kbd>Esc</kbd>
          </button>
        </p>
      )}
      {item ? <One {...given} item={item} /> : <p class="empty">{t.choose}</p>}
    </section>
  );
}

function One({ item, selected, same, looker, me, lit, doing, store, connection, choose }: Given & { item: FacilitatorContribution }) {
  const t = useWords(words);
  const { hold } = item;
  const gone = item.state === 'retracted';
  const byName = (name: string): string => (name === 'machine' ? t.machine : name);
  return (
    <>
      {looker && <p class="looker big">◉ {t.looks(looker)}</p>}
      <article class={`whole ${item.kind}`}>
        <p class="meta">
          <span class={`kind ${item.kind}`}>{t[item.kind]}</span>
          <span>{item.table === 0 ? t.phone : t.tableN(item.table)}</span>
          <span>{t.roundN(item.round)}</span>
          {item.part > 0 && <span>{item.part}.</span>}
          <span class={`state ${item.state}`}>{t[`state_${item.state}`]}</span>
          {item.approved && !hold && <span class="good">✓ {t.read}</span>}
          {item.likes > 0 && <span>{t.likes(item.likes)}</span>}
          {item.late && <span>{t.late}</span>}
        </p>
        {item.title && (
          <h3 lang={item.language || undefined}>{item.title}</h3>
        )}
        <p class="words" lang={item.language || undefined}>
          {item.text}
        </p>
        {lit && <p class="lit">☀ {t.lit}</p>}
      </article>
      {item.flags.length > 0 && (
        <p class="note flags">
          <strong>⚑ {item.flags.map((flag) => t[`flag_${flag}`]).join(', ')}</strong> {t.flagNote}
        </p>
      )}
      {hold && (
        <div class="note held">
          <p>
            <strong>{t.heldFor(t[hold.reason], byName(hold.by))}</strong>
          </p>
          {item.kind === 'criticism' && <p>{t.criticismNote}</p>}
          {hold.note && (
            <p>
              {t.noteTo} <q>{hold.note}</q>
            </p>
          )}
          {hold.review_wanted && !hold.confirmed_by && <p class="warn">{t.reviewWanted}</p>}
          {hold.confirmed_by && <p>{t.confirmedBy(hold.confirmed_by)}</p>}
        </div>
      )}
      {item.proposal !== null && (
        <p class="note">
          {t.proposed} <q>{item.proposal}</q>
        </p>
      )}
      {item.proposal_declined && <p class="note">{t.declined}</p>}
      {item.sent !== null && (
        <p class="note">
          {t.firstWords} <q>{item.sent}</q>
        </p>
      )}
      {item.outcome && (
        <p class="note">
          {t.became} <q>{item.outcome.text}</q>
        </p>
      )}
      {same.length > 1 && (
        <p class="note">
          {t.same(same.length)}{' '}
          <button type="button" class="small" onClick={() => choose(same)}>
            {t.chooseSame}
          </button>
        </p>
      )}
      <div class="acts" role="group" aria-label={t.actions}>
        {item.state === 'held' && selected === 0 ? <Act k="R" kind="release" main act={doing.release} /> : <Act k="A" kind="approve" main off={gone} act={doing.approve} />}
        <Act k="H" kind="hold_back" name={t.hold} off={gone} act={doing.hold} />
        <Act k="T" kind="gather" off={gone} act={doing.gather} />
        <Act k="S" kind="set_spotlight" name={lit ? t.unlight : t.spotlight} off={gone} act={doing.spotlight} />
        <Act k="O" kind="set_tension" name={t.oppose} off={gone} act={doing.oppose} />
        <Act k="E" kind="propose_words" name={t.propose} off={gone} act={doing.propose} />
        {hold && <Act k="V" kind={hold.by === me ? 'ask_review' : 'confirm_hold'} name={hold.by === me ? t.review : t.confirm} off={hold.confirmed_by !== ''} act={doing.review} />}
        {hold && hold.by !== me && !hold.review_wanted && <Act k="⇧ V" kind="ask_review" name={t.review} act={doing.askReview} />}
        <Act k="C" kind="set_outcome" name={t.outcome} off={gone} act={doing.outcome} />
        {item.theme !== 0 && <Act k="⇧ T" kind="gather" name={t.ungather} act={doing.ungather} />}
      </div>
      <StoryOf item={item} store={store} connection={connection} doing={doing} />
    </>
  );
}

function Act({ k, kind, name, main, off, act }: { k: string; kind: Command['kind']; name?: string; main?: boolean; off?: boolean; act: () => void }) {
  const t = useWords(words);
  const may = useMay();
  return (
    <button type="button" class={main ? 'main' : ''} disabled={off ?? false} onClick={act} {...may(kind)}>
      <kbd>{k}</kbd> <span>{name ?? called(t, kind)}</span>
    </button>
  );
}

function StoryOf({ item, store, connection, doing }: { item: FacilitatorContribution; store: Store; connection: Connection; doing: Doing }) {
  const t = useWords(words);
  const story = useObservable(store.story);
  useEffect(() => {
    const timer = setTimeout(() => connection.send({ type: 'history', contribution: item.id }), storyAfter);
    return () => clearTimeout(timer);
  }, [connection, item]);
  const deeds = story?.contribution === item.id ? story.deeds : [];
  return (
    <section class="story" aria-labelledby="story">
      <h3 id="story">{t.story}</h3>
      {deeds.length === 0 && <p class="soft">{t.noStory}</p>}
      <ol>
        {deeds.map((deed) => (
          <DeedLine key={deed.number} deed={deed} now={connection.showNow()} {...(canUndo(deed) && { undo: doing.undo })} />
        ))}
      </ol>
    </section>
  );
}
