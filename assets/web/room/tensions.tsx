// Two that contradict each other, at equal rank: weighed while open, with what the room thinks once closed.
import { isWaiting, lastOf, type Casts } from '../shared/casts';
import { useObservable, useWords } from '../shared/hooks';
import type { Stance, Tension, TensionSide, Weight } from '../shared/protocol';
import { Bars } from './bars';
import { saidWords } from './said-words';

const stances: readonly Stance[] = ['agree', 'disagree', 'pass'];
const signs: Record<Stance, string> = { agree: '+', disagree: '−', pass: '○' };

export function TensionCard({ tension, casts, reacts }: { tension: Tension; casts: Casts; reacts: boolean }) {
  const s = useWords(saidWords);
  const head = `tension-${tension.number}`;
  return (
    <section class="card tension" aria-labelledby={head}>
      <p class="over">{tension.open ? s.tension : s.weighed}</p>
      <h2 id={head}>{tension.title || s.tension}</h2>
      {tension.open && <p class="more">{s.weighHint}</p>}
      <div class="sides">
        {tension.sides.map((side, at) => (
          <Side key={at} tension={tension} at={at} side={side} casts={casts} reacts={reacts} />
        ))}
      </div>
      {!reacts && tension.open && <p class="shut">{s.door_closed}</p>}
    </section>
  );
}

interface SideGiven {
  tension: Tension;
  at: number;
  side: TensionSide | null;
  casts: Casts;
  reacts: boolean;
}

function Side({ tension, at, side, casts, reacts }: SideGiven) {
  const s = useWords(saidWords);
  const said = useObservable(casts.all);
  const item = `weigh/${tension.number}/${at}`;
  const mine = lastOf(said, item, 'weigh')?.stance ?? null;
  const gone = !side || (side.contribution !== null && side.text === '');
  const title = side?.title ?? '';
  const text = side?.text ?? '';
  return (
    <div class="side" role="group" aria-label={`${s.side(at)} : ${gone ? s.goneSide : title || text}`}>
      <div class="words">
        {gone ? (
          <p class="none">{s.goneSide}</p>
        ) : (
          <>
            {title !== '' && <h3 dir="auto">{title}</h3>}
            {text !== '' && (
              <p class="text" dir="auto">
                {text}
              </p>
            )}
            {side.table > 0 && <p class="who">{s.fromTable(side.table)}</p>}
          </>
        )}
      </div>
      {tension.open && !gone && (
        <div class="stances">
          {stances.map((stance) => (
            <button
              key={stance} type="button" class={stance} aria-pressed={mine === stance} disabled={!reacts}
              onClick={() => casts.say({ kind: 'weigh', tension: tension.number, side: at, stance })}
            >
              <span aria-hidden="true">{signs[stance]}</span> {s[stance]}
            </button>
          ))}
        </div>
      )}
      {mine && isWaiting(said, item) && <p class="state waits">○ {s.keptVote}</p>}
      {!tension.open && tension.weights && <Weighed weight={tension.weights[at === 0 ? 0 : 1]} mine={mine} />}
    </div>
  );
}

function Weighed({ weight, mine }: { weight: Weight; mine: Stance | null }) {
  const s = useWords(saidWords);
  const all = weight.agree + weight.disagree + weight.pass;
  const most = Math.max(1, weight.agree, weight.disagree, weight.pass);
  const rows = stances.map((stance) => ({
    label: s[stance], share: weight[stance] / most, mine: stance === mine,
    figure: `${weight[stance]}${all > 0 ? ` · ${s.percent(Math.round((100 * weight[stance]) / all))}` : ''}`,
  }));
  return (
    <>
      <p class="sum">{s.agreed(weight.agree, all)}</p>
      <Bars rows={rows} />
    </>
  );
}
