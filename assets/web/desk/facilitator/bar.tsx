// Over the desk: how much there is, what is held and why, who reads first, what phones may do, who else is here.
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { Consolidation, Presence } from '../../shared/protocol';
import type { Act } from './act';
import { reasons } from './asking';
import { words } from './words';

interface Given {
  all: Consolidation;
  have: number;
  loading: boolean;
  act: Act;
}

export function Bar({ all, have, loading, act }: Given) {
  const t = useWords(words);
  const may = useMay();
  const held = reasons.filter((reason) => all.held[reason] > 0);
  const heldAll = held.reduce((sum, reason) => sum + all.held[reason], 0);
  const { door } = all;
  return (
    <div class="bar">
      <dl class="numbers">
        <div class={all.waiting > 0 ? 'warn' : ''}>
          <dd>{all.waiting}</dd>
          <dt>{t.waiting}</dt>
        </div>
        <div>
          <dd>{all.contributions}</dd>
          <dt>{t.total}</dt>
        </div>
        <div>
          <dd>{heldAll}</dd>
          <dt>
            {t.heldCount}
            {held.length > 0 && <> : {held.map((reason) => `${t[reason]} ${all.held[reason]}`).join(', ')}</>}
          </dt>
        </div>
      </dl>
      {loading && (
        <div class="coming">
          <progress max={Math.max(1, all.contributions)} value={have} aria-label={t.coming(have, all.contributions)} />
          <span>{t.coming(have, all.contributions)}</span>
        </div>
      )}
      <div class="settings">
        <div class="set" role="group" aria-label={t.moderation}>
          <span>{t.moderation}</span>
          {(['after', 'before'] as const).map((moderation) => (
            <button key={moderation} type="button" aria-pressed={moderation === all.moderation} onClick={() => void act({ kind: 'set_moderation', moderation })} {...may('set_moderation')}>
              {t[moderation]}
            </button>
          ))}
        </div>
        <div class="set" role="group" aria-label={t.phones}>
          <span>{t.phones}</span>
          {(['react', 'contribute'] as const).map((what) => (
            <button key={what} type="button" aria-pressed={door[what]} onClick={() => void act({ kind: 'set_audience', door: { ...door, [what]: !door[what] } })} {...may('set_audience')}>
              {door[what] ? '✓' : '✕'} {t[what]}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

export function People({ me, others, rename }: { me: string; others: readonly Presence[]; rename: () => void }) {
  const t = useWords(words);
  const names = others.map((one) => one.name);
  return (
    <div class="people">
      <p aria-label={t.present} title={names.join(', ')}>
        {names.length === 0 ? <span class="soft">{t.alone}</span> : names.slice(0, 4).map((name, at) => <span key={at} class="person">{name}</span>)}
        {names.length > 4 && <span class="person">+{names.length - 4}</span>}
      </p>
      <button type="button" class="me" title={t.changeName} onClick={rename}>
        <span class="hidden">{t.changeName} : </span>
        {me}
      </button>
    </div>
  );
}
