// A table's page: the question, one field, what became of each answer; what the others say, and what the room decides.
import { useEffect } from 'preact/hooks';
import type { Casts } from '../shared/casts';
import type { Connection } from '../shared/connection';
import { ContrastSwitch } from '../shared/contrast';
import { Door, LanguageSwitch, LinkState, Mark } from '../shared/header';
import { useObservable, useWords, viewOf } from '../shared/hooks';
import { suggest } from '../shared/i18n';
import { asText, useKept } from '../shared/kept';
import type { RoomView } from '../shared/protocol';
import type { Observable } from '../shared/observable';
import { Asked, asksNow, Found, Latest, useLatest } from '../room/asked';
import { Compose, useCompose, usualLimits } from '../room/compose';
import type { Feeds } from '../room/feeds';
import { Heard } from '../room/heard';
import type { Outbox } from '../room/outbox';
import { AnswerList, needsAttention } from '../room/own';
import { Question } from '../room/question';
import { saidWords } from '../room/said-words';
import type { Sender } from '../room/sender';
import { Bell, Notices } from '../room/signs';
import { Tabs } from '../room/tabs';
import { Told } from '../room/tell';
import { words } from '../room/words';

interface Given {
  table: number;
  connection: Connection;
  outbox: Outbox;
  sender: Sender;
  casts: Casts;
  feeds: Feeds;
  told: Observable<string>;
  view: Observable<RoomView | null>;
}

export const roomOf = (connection: Connection): Observable<RoomView | null> => viewOf<RoomView>(connection);

export function TablePage({ table, connection, outbox, sender, casts, feeds, told, view: viewStore }: Given) {
  const t = useWords(words);
  const s = useWords(saidWords);
  const link = useObservable(connection.link);
  const welcome = useObservable(connection.welcome);
  const view = useObservable(viewStore);
  const answers = useObservable(outbox.answers);
  const durable = useObservable(outbox.durable);
  const asks = useObservable(feeds.asks);
  const composing = useCompose({ table, connection, outbox, sender, view });
  const latest = useLatest(asks);
  const [tab, setTab] = useKept('tab', 'ours', asText, 'session');

  useEffect(() => {
    if (view) suggest(view.language);
  }, [view?.language]);

  const round = view?.round ?? null;
  const typing = !composing.empty; // nothing may push the field away under the fingers
  const asked = <Asked key="asked" asks={asks} casts={casts} reacts />;
  return (
    <div class="table">
      <header>
        <Mark />
        <p class="number">{t.table(table)}</p>
        <LinkState link={link} words={{ waiting: t.waiting, denied: t.denied }} />
        <ContrastSwitch />
        <LanguageSwitch />
      </header>
      <Door connection={connection} heading={1}>
        {view && <Notices view={view} connection={connection} />}
        <main class={asksNow(asks) ? 'asks' : ''}>
          {view && <Bell table={table} view={view} connection={connection} />}
          <Question view={view} connection={connection} />
          {!typing && asked}
          {(round || typing) && <Compose key="compose" composing={composing} />}
          {typing && asksNow(asks) && (
            <a class="below" href="#asked">
              ↓ {t.openBelow}
            </a>
          )}
          {typing && asked}
          <Latest latest={latest} casts={casts} />
        </main>
        <aside class="beside" aria-label={s.room}>
          <Tabs
            label={s.room} chosen={tab === 'room' ? 'room' : 'ours'} onChoose={setTab}
            tabs={[
              {
                name: 'ours', label: t.ours, count: answers.length, ...(needsAttention(answers) ? { wants: s.attention } : {}),
                panel: <AnswerList answers={answers} current={round?.number ?? 0} durable={durable} limits={welcome?.limits ?? usualLimits} casts={casts} heading={false} onTakeBack={composing.takeBack} />,
              },
              {
                name: 'room', label: s.roomShort,
                panel: (
                  <>
                    <Heard feeds={feeds} casts={casts} answers={answers} reacts told={told} connection={connection} opposes />
                    <Found asks={asks} casts={casts} without={latest.poll?.number} />
                  </>
                ),
              },
            ]}
          />
        </aside>
      </Door>
      <Told told={told} />
      <p class="hidden" role="status">
        {composing.remaining < 0 ? t.tooLong : composing.news}
      </p>
    </div>
  );
}
