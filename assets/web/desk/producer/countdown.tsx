// A countdown by hand: a talk, a break, the time until doors open.
import { useState } from 'preact/hooks';
import type { Connection, Outcome } from '../../shared/connection';
import { clock } from '../../shared/format';
import { useWords } from '../../shared/hooks';
import { useMay } from '../../shared/may';
import type { Command, Countdown } from '../../shared/protocol';
import { useSecond } from '../../shared/rounds';
import { keep, recall } from '../../shared/storage';
import { words } from './caption-words';
import { readTime } from './captions';

interface Given {
  countdown: Countdown | undefined;
  connection: Connection;
  send: (command: Command) => Promise<Outcome>;
}

export function CountdownBox({ countdown, connection, send }: Given) {
  const t = useWords(words);
  const may = useMay();
  const [length, setLength] = useState(() => recall('countdown') ?? '10');
  const running = countdown?.on === true && countdown.ends !== null;
  const ends = (countdown?.ends ?? 0) / 1e6;
  const now = useSecond(connection, ends, running);
  const wanted = readTime(length);
  const left = !countdown?.on ? 0 : countdown.ends === null ? countdown.left / 1e6 : ends - now;
  const start = (): void => {
    if (wanted === null) return;
    keep('countdown', length);
    void send({ kind: 'start_countdown', length_ms: wanted });
  };
  return (
    <div class="countdown" role="group" aria-labelledby="countdown">
      <h3 id="countdown">{t.countdown}</h3>
      {countdown?.on ? (
        <>
          <p class={left <= 60_000 ? 'left soon' : 'left'} role="timer" aria-label={t.left}>
            {left < 0 ? t.over(clock(-left)) : clock(Math.ceil(left / 1000) * 1000)}
          </p>
          <div class="keys">
            <button type="button" onClick={() => void send({ kind: 'hold_countdown', held: running })} {...may('hold_countdown')}>
              {running ? t.hold : t.goOn}
            </button>
            <button type="button" disabled={left < 60_000} onClick={() => void send({ kind: 'extend_countdown', by_ms: -60_000 })} {...may('extend_countdown')}>
              {t.less}
            </button>
            <button type="button" onClick={() => void send({ kind: 'extend_countdown', by_ms: 60_000 })} {...may('extend_countdown')}>
              {t.more}
            </button>
            <button type="button" onClick={() => void send({ kind: 'stop_countdown' })} {...may('stop_countdown')}>
              {t.stop}
            </button>
          </div>
        </>
      ) : (
        <form
          class="keys"
          onSubmit={(event) => {
            event.preventDefault();
            start();
          }}
        >
          <input type="text" inputMode="numeric" aria-label={t.length} title={t.length} value={length} aria-invalid={wanted === null} onInput={(event) => setLength(event.currentTarget.value)} {...may('start_countdown')} />
          <button type="submit" disabled={wanted === null} {...may('start_countdown')}>
            {t.start}
          </button>
          <p class="note">{t.idle}</p>
        </form>
      )}
    </div>
  );
}
