// A phone's page: the question, what the room asks, what is said; contributing when the director lets phones.
import { useEffect } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { ContrastSwitch } from '../shared/contrast';
import { Door, LanguageSwitch, LinkState, Mark } from '../shared/header';
import { useObservable, useWords } from '../shared/hooks';
import { suggest } from '../shared/i18n';
import type { Observable } from '../shared/observable';
import type { RoomView } from '../shared/protocol';
import { Asked, Found, Latest, useLatest } from '../room/asked';
import { Compose, useCompose, usualLimits } from '../room/compose';
import { Heard } from '../room/heard';
import { AnswerList } from '../room/own';
import { Question } from '../room/question';
import { saidWords } from '../room/said-words';
import { Notices } from '../room/signs';
import type { Participant } from '../room/start';
import { Told } from '../room/tell';
import { words as roomWords } from '../room/words';
import { ProfileCard } from './profile';
import { words } from './words';

interface Given extends Participant {
  connection: Connection;
  view: Observable<RoomView | null>;
}

export function VoicePage({ connection, outbox, sender, casts, feeds, told, view: viewStore }: Given) {
  const t = useWords(words);
  const s = useWords(saidWords);
  const r = useWords(roomWords);
  const link = useObservable(connection.link);
  const welcome = useObservable(connection.welcome);
  const view = useObservable(viewStore);
  const answers = useObservable(outbox.answers);
  const durable = useObservable(outbox.durable);
  const asks = useObservable(feeds.asks);
  const latest = useLatest(asks);
  const composing = useCompose({ table: 0, connection, outbox, sender, view });

  useEffect(() => {
    if (view) suggest(view.language);
  }, [view?.language]);

  const round = view?.round ?? null;
  const reacts = asks?.door.react ?? false;
  const contributes = asks?.door.contribute ?? false;
  const typing = !composing.empty;
  const composes = typing || (contributes && round !== null);
  const asked = <Asked key="asked" asks={asks} casts={casts} reacts={reacts} />;
  return (
    <div class="voice">
      <header>
        <Mark />
        <LinkState link={link} words={{ waiting: t.waiting, denied: t.denied }} />
        <ContrastSwitch />
        <LanguageSwitch />
      </header>
      <Door connection={connection} heading={1}>
        {view && <Notices view={view} connection={connection} />}
        <main>
          <Question view={view} connection={connection} />
          {asks && !reacts && <p class="shut wide" role="status">{t.waits}</p>}
          {!typing && asked}
          {composes && <Compose key="compose" composing={composing} {...(asks && !contributes ? { shut: r.door_closed } : {})} />}
          {typing && asked}
          <Latest latest={latest} casts={casts} />
          {asks && !composes && !contributes && round && <p class="more hint">{t.shut}</p>}
          {answers.length > 0 && (
            <section class="mine">
              <h2>{t.mine}</h2>
              <AnswerList answers={answers} current={round?.number ?? 0} durable={durable} limits={welcome?.limits ?? usualLimits} casts={casts} heading={false} onTakeBack={composing.takeBack} />
            </section>
          )}
          <section>
            <h2>{s.room}</h2>
            <Heard feeds={feeds} casts={casts} answers={answers} reacts={reacts} told={told} connection={connection} opposes={false} />
          </section>
          <Found asks={asks} casts={casts} without={latest.poll?.number} />
          {asks && <ProfileCard asks={asks} casts={casts} />}
          <p class="more hint">{t.private}</p>
        </main>
      </Door>
      <Told told={told} />
      <p class="hidden" role="status">
        {composing.remaining < 0 ? r.tooLong : composing.news}
      </p>
    </div>
  );
}
