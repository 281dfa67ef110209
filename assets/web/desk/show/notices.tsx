// Words to the tables, and to the faces where asked.
import { useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { useTick, useWords } from '../../shared/hooks';
import { asText, useKept } from '../../shared/kept';
import { useMay } from '../../shared/may';
import type { DeskView } from '../../shared/protocol';
import { stands } from '../../shared/rounds';
import type { Send } from './app';
import { words } from './words';

const lengths = [20, 60, 300] as const;

export function Notices({ view, connection, send }: { view: DeskView; connection: Connection; send: Send }) {
  const t = useWords(words);
  const may = useMay();
  const shows = may('show_notice');
  const [text, setText] = useKept('notice', '', asText, 'session');
  const [length, setLength] = useState<number>(lengths[0]);
  const [onFaces, setOnFaces] = useState(false);
  const { notice, notices } = view.room;
  const now = connection.showNow();
  useTick(500, stands(notice, now));
  const show = async (said: string): Promise<void> => {
    if (said.trim() === '') return;
    if (await send({ kind: 'show_notice', text: said.trim(), length_ms: length * 1000, on_faces: onFaces }, t.doneNotice)) setText('');
  };
  return (
    <section class="notices" aria-labelledby="notices">
      <h2 id="notices">{t.notices}</h2>
      {stands(notice, now) && (
        <p class="standing">
          <q>{notice.text}</q> {t.secondsMore(Math.ceil((notice.at_ms + notice.length_ms - now) / 1000))}
          <button type="button" onClick={() => void send({ kind: 'show_notice', text: '' }, t.doneNoticeGone)} {...shows}>
            {t.takeAway}
          </button>
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void show(text);
        }}
      >
        <label for="notice">{t.notice}</label>
        <input id="notice" value={text} maxLength={140} placeholder={t.noticeHint} onInput={(event) => setText(event.currentTarget.value)} />
        <div class="row">
          <label for="stands">{t.stands}</label>
          <select id="stands" value={length} onChange={(event) => setLength(Number(event.currentTarget.value))}>
            {lengths.map((one) => (
              <option key={one} value={one}>
                {t.length(one)}
              </option>
            ))}
          </select>
          <label class="check">
            <input type="checkbox" checked={onFaces} onChange={(event) => setOnFaces(event.currentTarget.checked)} />
            {t.onFaces}
          </label>
          <button type="submit" disabled={text.trim() === ''} {...shows}>
            {t.show}
          </button>
        </div>
        <div class="row quick">
          {[t.twoMinutes, t.passOn, t.lookUp].map((usual) => (
            <button key={usual} type="button" onClick={() => void show(usual)} {...shows}>
              {usual}
            </button>
          ))}
        </div>
      </form>
      <p class="facts">{notices.warn_s.length === 0 ? t.noWarnings : t.warnings(notices.warn_s, notices.on_faces)}</p>
    </section>
  );
}
