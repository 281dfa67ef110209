// Tensions: both sides at equal rank, how the room weighs each, and what separates the groups.
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { Separation, Tension, Weight } from '../../shared/protocol';
import type { Doing } from './doing';
import { label } from './queue';
import { words, type T } from './words';

const whole = (share: number): number => Math.round(share * 100);
export const totalOf = (weight: Weight): number => weight.agree + weight.disagree + weight.pass;

export function Tensions({ tensions, doing }: { tensions: readonly Tension[]; doing: Doing }) {
  const t = useWords(words);
  const may = useMay();
  const ordered = [...tensions].sort((a, b) => Number(a.shown) - Number(b.shown) || Number(b.open) - Number(a.open) || b.number - a.number);
  return (
    <div class="tensions">
      {tensions.length === 0 && <p class="empty">{t.noTensions}</p>}
      <ul>
        {ordered.map((tension) => (
          <li key={tension.number} class={tension.open ? 'card open' : 'card'} data-tension={tension.number}>
            {!tension.shown && <p class="flag">⚑ {t.toLook}</p>}
            {tension.title && <h3>{tension.title}</h3>}
            {tension.open && <p class="good">● {t.weighed}</p>}
            <div class="sides">
              {[0, 1].map((at) => (
                <Side key={at} tension={tension} at={at} />
              ))}
            </div>
            {tension.separations.length > 0 && (
              <div class="separates">
                <h4>{t.separates}</h4>
                <ul>
                  {tension.separations.map((one) => (
                    <li key={`${one.side}-${one.table}-${one.group}`}>{said(t, tension, one)}</li>
                  ))}
                </ul>
              </div>
            )}
            <div class="tools">
              <button type="button" class="small" onClick={() => void doing.act({ kind: 'open_tension', tension: tension.number, open: !tension.open })} {...may('open_tension')}>
                {tension.open ? t.closeIt : t.openIt}
              </button>
              <button type="button" class="small" onClick={() => void doing.act({ kind: 'remove_tension', tension: tension.number })} {...may('remove_tension')}>
                {t.removeIt}
              </button>
              <span class="soft">{tension.by}</span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function sideName(t: T, tension: Tension, at: number): string {
  const side = tension.sides[at];
  return side && (side.title || side.text) ? label(side, 40) : t.sideOf(at + 1);
}

const said = (t: T, tension: Tension, one: Separation): string =>
  t.sepLine(one.table === 0 ? one.group : t.tableN(one.table), `« ${sideName(t, tension, one.side)} »`, whole(one.share), whole(one.others), one.voices);

function Side({ tension, at }: { tension: Tension; at: number }) {
  const t = useWords(words);
  const side = tension.sides[at] ?? null;
  const weight = tension.weights?.[at];
  const kinds: readonly (keyof Weight)[] = ['agree', 'disagree', 'pass'];
  return (
    <div class="side">
      <p class="text">{side ? [side.title, side.text].filter(Boolean).join(' · ') || t.hiddenSide : t.gone}</p>
      {side && side.table > 0 && <p class="soft">{t.tableN(side.table)}</p>}
      {weight && (
        <>
          <svg class="weight" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="all" width="100" height="6" />
            <rect class="agree" width={totalOf(weight) === 0 ? 0 : (100 * weight.agree) / totalOf(weight)} height="6" />
            <rect class="disagree" x={100 - (totalOf(weight) === 0 ? 0 : (100 * weight.disagree) / totalOf(weight))} width={totalOf(weight) === 0 ? 0 : (100 * weight.disagree) / totalOf(weight)} height="6" />
          </svg>
          <dl>
            {kinds.map((kind) => (
              <div key={kind}>
                <dt>{t[kind]}</dt>
                <dd>{weight[kind]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
