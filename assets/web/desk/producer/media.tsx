// Clips with their transport, and the bin of files that can become one.
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { clock, megabytes } from '../../shared/format';
import { language } from '../../shared/i18n';
import { useMay } from '../../shared/may';
import type { Command, DeskView, MediaFile, MediaList } from '../../shared/protocol';
import { reasonIn } from '../../shared/reasons';
import { ClipRow } from './media-clip';
import { words } from './media-words';

const lookEvery = 4000; // milliseconds: a copied file shows up

interface Given {
  connection: Connection;
  view: DeskView;
  rateOf: (source: string) => number; // pictures a second, 0 if not known
  labelOf: (source: string) => string;
  send: (command: Command) => Promise<void>;
}

export function MediaPanel({ connection, view, rateOf, labelOf, send }: Given) {
  const t = useWords(words);
  const { setup, stage } = view;
  const clips = setup.sources.flatMap((source) => {
    const transport = stage.media[source.name];
    return transport && transport.duration > 0 ? [{ ...source, transport }] : [];
  });
  return (
    <section class="media">
      <h2 id="clips">{t.clips}</h2>
      {clips.length === 0 && <p>{t.noClips}</p>}
      <ul class="clips" aria-labelledby="clips">
        {clips.map(({ name, added, transport }) => (
          <ClipRow
            key={name}
            name={name}
            label={labelOf(name)}
            transport={transport}
            rate={rateOf(name)}
            others={setup.sources.map((s) => s.name).filter((other) => other !== name)}
            stinger={setup.stingers?.find((s) => s.source === name)?.cut_ms ?? null}
            added={added === true}
            showNow={() => connection.showNow() * 1e6}
            {...{ labelOf, send }}
          />
        ))}
      </ul>
      <Bin {...{ connection, view, send }} />
    </section>
  );
}

function Bin({ connection, view, send }: Pick<Given, 'connection' | 'view' | 'send'>) {
  const t = useWords(words);
  const [list, setList] = useState<MediaList | null>(null);
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const answer = await connection.get('/api/media');
      if (answer) setList((await answer.json()) as MediaList);
    };
    void look();
    const timer = setInterval(() => void look(), lookEvery);
    return () => clearInterval(timer);
  }, [connection]);
  return (
    <div class="bin">
      <h2 id="bin">{t.bin}</h2>
      {list?.files.length === 0 && <p>{t.emptyBin(view.setup.media ?? '')}</p>}
      <ul aria-labelledby="bin">
        {list?.files.map((file) => (
          <BinFile
            key={file.name}
            file={file}
            connection={connection}
            known={view.setup.sources.some((s) => s.media === file.name)}
            add={() => void send({ kind: 'add_source', name: nameFor(file.name, view), label: file.name.replace(/\.\w+$/, ''), file: file.name })}
          />
        ))}
      </ul>
      {list && list.left_out > 0 && <p>{t.leftOut(list.left_out)}</p>}
    </div>
  );
}

// A source's name: letters, digits, - and _, not yet taken.
export function nameFor(file: string, view: DeskView): string {
  const plain =
    file
      .replace(/\.\w+$/, '')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 28) || 'clip';
  const taken = new Set(view.setup.sources.map((s) => s.name));
  let name = plain;
  for (let n = 2; taken.has(name); ++n) name = `${plain}-${n}`;
  return name;
}

function BinFile({ file, connection, known, add }: { file: MediaFile; connection: Connection; known: boolean; add: () => void }) {
  const t = useWords(words);
  const may = useMay();
  const lang = useObservable(language);
  const [picture, setPicture] = useState('');
  useEffect(() => {
    if (file.code !== '') return undefined;
    let address = '';
    let gone = false;
    void connection.get(`/api/media/${encodeURIComponent(file.name)}.jpg`).then(async (answer) => {
      if (!answer || gone) return;
      address = URL.createObjectURL(await answer.blob());
      setPicture(address);
    });
    return () => {
      gone = true;
      URL.revokeObjectURL(address);
    };
  }, [connection, file.name, file.bytes, file.code]);
  const facts = file.code !== '' ? reasonIn(lang, file.code, file.reason) : `${file.duration_ms > 0 ? clock(file.duration_ms) : t.still} · ${file.width} × ${file.height} · ${file.codec}`;
  return (
    <li class={file.code !== '' ? 'file bad' : 'file'} data-file={file.name}>
      {picture !== '' ? <img src={picture} alt="" width={160} height={90} /> : <span class="none" aria-hidden="true" />}
      <span class="title">{file.name}</span>
      <span class="facts">
        {facts}
        {file.code === '' && ` · ${megabytes(file.bytes / 1024, lang)}`}
      </span>
      {known ? (
        <span class="known">{t.added}</span>
      ) : (
        <button type="button" disabled={file.code !== ''} aria-label={t.add(file.name)} onClick={add} {...may('add_source')}>
          +
        </button>
      )}
    </li>
  );
}
