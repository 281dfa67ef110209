// Who this desk is to the show, and what those beside it did last.
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from './connection';
import { useObservable, useTick, useWords } from './hooks';
import { dictionary } from './i18n';
import { movesEn, movesFr } from './move-words';
import { called, names } from './names';
import type { Move } from './protocol';
import { rightsOf } from './rights';

const words = dictionary(
  {
    you: 'Vous êtes',
    only: (faces: string) => `seulement ${faces}`,
    moves: 'Derniers gestes',
    now: 'à l’instant',
    ago: (text: string) => `il y a ${text}`,
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    technician: 'technique', producer: 'régie', director: 'direction', facilitator: 'facilitation', observer: 'observation',
    ...movesFr,
  },
  {
    you: 'You are',
    only: (faces: string) => `${faces} only`,
    moves: 'Last moves',
    now: 'just now',
    ago: (text: string) => `${text} ago`,
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    technician: 'technician', producer: 'producer', director: 'director', facilitator: 'facilitator', observer: 'observer',
    ...movesEn,
  },
);

export function Identity({ connection }: { connection: Connection }) {
  const t = useWords(words);
  const n = useWords(names);
  const rights = rightsOf(useObservable(connection.welcome));
  if (rights.name === '') return null;
  const role = called(t, rights.role);
  return (
    <p class="identity" aria-label={t.you}>
      <strong>{rights.name === rights.role ? role : rights.name}</strong>
      {rights.name !== rights.role && rights.role !== 'observer' && <span> {role}</span>}
      {rights.faces.length > 0 && <span> {t.only(rights.faces.map((face) => called(n, face)).join(', '))}</span>}
    </p>
  );
}

export function Moves({ connection }: { connection: Connection }) {
  const t = useWords(words);
  const n = useWords(names);
  const [moves, setMoves] = useState<readonly Move[]>([]);
  useEffect(() => connection.onMessage((message) => message.type === 'moves' && setMoves(message.moves)), [connection]);
  useTick(5000, moves.length > 0);
  const [last] = moves;
  if (!last) return null;
  const said = (move: Move): string =>
    [called(t, move.command), move.subject, (move.faces ?? []).map((face) => called(n, face)).join(', ')].filter((part) => part !== '').join(' ');
  const age = (move: Move): string => {
    const seconds = Math.max(0, Math.round((connection.showNow() - move.show_ms) / 1000));
    if (seconds < 5) return t.now;
    return t.ago(seconds < 90 ? t.seconds(seconds) : t.minutes(Math.round(seconds / 60)));
  };
  return (
    <details class="moves">
      <summary aria-label={`${t.moves} : ${last.name} ${said(last)}`}>
        <strong>{called(t, last.name)}</strong> {said(last)}
      </summary>
      <ol aria-label={t.moves}>
        {moves.map((move, at) => (
          <li key={`${move.show_ms}-${at}`}>
            <strong>{called(t, move.name)}</strong> {said(move)} <time>{age(move)}</time>
          </li>
        ))}
      </ol>
    </details>
  );
}
