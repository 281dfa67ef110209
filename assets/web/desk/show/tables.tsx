// Who sits where, and the bell.
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import { Observable } from '../../shared/observable';
import type { DeskView, RotationWish, Seating } from '../../shared/protocol';
import type { Send } from './app';
import { Ask } from './ask';
import { numbers } from './numbers';
import { Prints } from './prints';
import { words } from './words';

const lists = (text: string): number[][] => text.split('\n').map(numbers).filter((list) => list.length > 1);
const line = (list: readonly number[]): string => list.join(', ');

const seatings = new WeakMap<Connection, Observable<Seating | null>>();
export function seatingOf(connection: Connection): Observable<Seating | null> {
  let seating = seatings.get(connection);
  if (!seating) {
    const made = new Observable<Seating | null>(null);
    connection.onMessage((message) => {
      if (message.type === 'seating') made.set(message.seating);
    });
    seatings.set(connection, made);
    seating = made;
  }
  return seating;
}

export function Tables({ view, connection, send }: { view: DeskView; connection: Connection; send: Send }) {
  const t = useWords(words);
  const may = useMay();
  const { rotation } = view.room;
  const { plan } = rotation;
  const usual: RotationWish = plan?.wish ?? {
    unit: 'people', tables: view.setup.tables, seats: 8, rounds: 4, people: 0, absent: [], apart: [], together: [], scribes: true, seed: 1,
  };
  const [wish, setWish] = useState(usual);
  const [absent, setAbsent] = useState(line(usual.absent));
  const [apart, setApart] = useState(usual.apart.map(line).join('\n'));
  const [together, setTogether] = useState(usual.together.map(line).join('\n'));
  const [asking, setAsking] = useState<'bell' | 'anew' | null>(null);
  // The fields follow the plan that stands.
  const known = JSON.stringify(plan?.wish ?? null);
  useEffect(() => {
    setWish(usual);
    setAbsent(line(usual.absent));
    setApart(usual.apart.map(line).join('\n'));
    setTogether(usual.together.map(line).join('\n'));
  }, [known]);
  const groups = wish.unit === 'groups';
  const plans = async (anew: boolean): Promise<void> => {
    setAsking(null);
    await send({ kind: 'plan_rotation', wish: { ...wish, absent: numbers(absent), apart: lists(apart), together: lists(together) }, anew }, t.doneAsked);
  };
  const field = (name: 'tables' | 'seats' | 'rounds' | 'people', most: number, hint = '') => (
    <label>
      {t[name === 'rounds' ? 'seatings' : name]}
      <input
        type="number" min={name === 'people' ? 0 : 1} max={most} value={name === 'people' && wish.people === 0 ? '' : wish[name]} placeholder={hint}
        onInput={(event) => setWish({ ...wish, [name]: Math.max(0, Math.min(most, Math.round(Number(event.currentTarget.value) || 0))) })}
      />
    </label>
  );
  const last = plan !== null && plan.sits + 1 >= plan.rounds;
  return (
    <section class="tables" aria-labelledby="tables">
      <h2 id="tables">{t.tablesAndBell}</h2>
      {plan && (
        <p class="plan" role="status">
          <strong>{t.sits(plan.sits + 1, plan.rounds)}</strong> {t.seated(plan.people, plan.fewest, plan.most)}{' '}
          <span class={plan.repeated_pairs > 0 ? 'warn' : 'good'}>{t.repeats(plan.repeated_pairs)}</span>
        </p>
      )}
      {rotation.wanted && <p class="facts" role="status">{t.planning}</p>}
      {rotation.problem !== '' && (
        <p class="bad" role="alert">
          {(t as unknown as Record<string, string>)[rotation.problem] ?? rotation.problem}
        </p>
      )}
      <div class="row">
        {asking === 'bell' ? (
          <Ask
            question={t.sureBell} yes={t.yesBell} no={t.noBell} onNo={() => setAsking(null)}
            onYes={() => {
              setAsking(null);
              void send({ kind: 'change_tables' }, t.doneBell);
            }}
          />
        ) : (
          <>
            <button type="button" class="main bell" disabled={!plan || last} onClick={() => setAsking('bell')} {...may('change_tables')}>
              <span aria-hidden="true">🔔</span> {t.bellAndMove}
            </button>
            <button type="button" onClick={() => void send({ kind: 'ring_bell' }, t.doneRing)} {...may('ring_bell')}>
              {t.ring}
            </button>
          </>
        )}
      </div>
      {last && <p class="facts">{t.lastRound}</p>}
      <details open={plan === null}>
        <summary>{plan ? t.planAgain : t.plan}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void plans(false);
          }}
        >
          <div class="grid">
            <label>
              {t.who}
              <select value={wish.unit} onChange={(event) => setWish({ ...wish, unit: event.currentTarget.value as RotationWish['unit'] })}>
                <option value="people">{t.singlePeople}</option>
                <option value="groups">{t.wholeGroups}</option>
              </select>
            </label>
            {field('tables', 5000)}
            {!groups && field('seats', 50)}
            {field('rounds', 60)}
            {!groups && field('people', 5000, String(wish.tables * wish.seats))}
          </div>
          <label>
            {t.absent}
            <input value={absent} placeholder="12, 40-43" onInput={(event) => setAbsent(event.currentTarget.value)} />
          </label>
          {!groups && (
            <>
              <div class="grid two">
                <label>
                  {t.apart}
                  <textarea rows={2} value={apart} placeholder={'3, 18, 25'} onInput={(event) => setApart(event.currentTarget.value)} />
                </label>
                <label>
                  {t.together}
                  <textarea rows={2} value={together} placeholder={'7, 8'} onInput={(event) => setTogether(event.currentTarget.value)} />
                </label>
              </div>
              <label class="check">
                <input type="checkbox" checked={wish.scribes} onChange={(event) => setWish({ ...wish, scribes: event.currentTarget.checked })} />
                {t.scribes}
              </label>
            </>
          )}
          <div class="row end">
            {rotation.undo && (
              <button type="button" onClick={() => void send({ kind: 'undo_rotation' }, t.doneUndo)} {...may('undo_rotation')}>
                {t.undo}
              </button>
            )}
            {plan && plan.sits > 0 && (
              <button type="button" onClick={() => setAsking('anew')} {...may('plan_rotation')}>
                {t.anew}
              </button>
            )}
            <button type="submit" class="main" disabled={rotation.wanted} {...may('plan_rotation')}>
              {plan ? t.planRest : t.planNow}
            </button>
          </div>
          {asking === 'anew' && <Ask question={t.sureAnew} yes={t.yesAnew} no={t.noAnew} onYes={() => void plans(true)} onNo={() => setAsking(null)} />}
        </form>
      </details>
      <Where connection={connection} />
      <Prints connection={connection} planned={plan !== null} />
    </section>
  );
}

function Where({ connection }: { connection: Connection }) {
  const t = useWords(words);
  const seating = useObservable(seatingOf(connection));
  if (!seating?.now) return null;
  return (
    <details>
      <summary>{t.whoSits}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.tableColumn}</th>
            <th scope="col">{t.nowColumn}</th>
            <th scope="col">{t.nextColumn}</th>
          </tr>
        </thead>
        <tbody>
          {seating.now.map((people, at) => (
            <tr key={at}>
              <th scope="row">{at + 1}</th>
              <td>{line(people)}</td>
              <td>{line(seating.next?.[at] ?? [])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
