// Who this desk is to the show, and what those beside it did last.
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from './connection';
import { useObservable, useTick, useWords } from './hooks';
import { dictionary } from './i18n';
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
    cut: 'coupe', take: 'enchaîne', preview: 'prévoit', follow: 'suit le programme', set_transition: 'choisit la transition',
    move_t_bar: 'tient le levier', fade_to_black: 'noir', swap_faces: 'échange', set_overlay: 'habillage', place_wall: 'mur',
    set_scene: 'modifie', set_layer: 'modifie', remove_scene: 'supprime', arrange_scene: 'dispose', undo: 'annule', redo: 'rétablit',
    cue: 'cale', play: 'lit', pause: 'arrête', set_clip: 'règle', add_source: 'ajoute', remove_source: 'retire',
    set_channel: 'règle le son', set_master: 'règle le son général', ring_bell: 'cloche', set_question: 'prépare la question',
    start_round: 'ouvre la question', stop_round: 'ferme la question', bind_control: 'affecte une commande', unbind_control: 'libère une commande',
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
    cut: 'cuts', take: 'takes', preview: 'previews', follow: 'follows program', set_transition: 'sets the transition',
    move_t_bar: 'holds the T-bar', fade_to_black: 'black', swap_faces: 'swaps', set_overlay: 'overlay', place_wall: 'wall',
    set_scene: 'edits', set_layer: 'edits', remove_scene: 'removes', arrange_scene: 'arranges', undo: 'undoes', redo: 'redoes',
    cue: 'cues', play: 'plays', pause: 'pauses', set_clip: 'sets', add_source: 'adds', remove_source: 'removes',
    set_channel: 'sets the sound', set_master: 'sets the master', ring_bell: 'bell', set_question: 'prepares the question',
    start_round: 'opens the question', stop_round: 'closes the question', bind_control: 'binds a control', unbind_control: 'frees a control',
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
