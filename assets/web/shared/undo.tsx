// Undo and redo for a desk, and what they would undo: what was done, to what, by whom.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWords } from './hooks';
import { dictionary } from './i18n';
import { useMay } from './may';
import type { Command, EditsView, EditView } from './protocol';

const partsFr: Record<string, string> = {
  gain: 'niveau', mute: 'coupure', solo: 'solo', pan: 'panoramique', delay: 'retard', follow: 'antenne', limiter: 'limiteur',
  in: 'point d’entrée', out: 'point de sortie', speed: 'vitesse', loop: 'boucle', at_end: 'fin', next: 'suite', play_on_take: 'lecture à l’antenne',
};
const partsEn: Record<string, string> = {
  gain: 'gain', mute: 'mute', solo: 'solo', pan: 'pan', delay: 'delay', follow: 'on air', limiter: 'limiter',
  in: 'in point', out: 'out point', speed: 'speed', loop: 'loop', at_end: 'end', next: 'what follows', play_on_take: 'play on take',
};
const parts = (words: Record<string, string>, part: string): string => part.split(' ').map((one) => words[one] ?? one).join(', ');

const fr = (command: string, name: string, part: string): string => {
  switch (command) {
    case 'set_scene': return `scène ${name} modifiée`;
    case 'remove_scene': return `scène ${name} supprimée`;
    case 'set_layer': return `calque ${part} de ${name}`;
    case 'arrange_scene': return `disposition de ${name}`;
    case 'set_clip': return `clip ${name} : ${parts(partsFr, part)}`;
    case 'set_channel': return `son de ${name} : ${parts(partsFr, part)}`;
    case 'set_master': return `son général : ${parts(partsFr, part)}`;
    case 'set_transition': return `transition ${part}`;
    case 'set_stinger': return part === 'cut' ? `coupe de ${name}` : `${name} devenu transition`;
    case 'remove_stinger': return `${name} n’est plus une transition`;
    case 'set_multiview': return ['multivue', part].filter(Boolean).join(' : ');
    case 'add_source': return `${name} ajouté`;
    case 'remove_source': return `${name} retiré`;
    case 'set_cue': return `top ${name} modifié`;
    case 'move_cue': return `top ${name} déplacé`;
    case 'remove_cue': return `top ${name} supprimé`;
    case 'stop_recording': return `macro ${name} enregistrée`;
    case 'set_macro': return `macro ${name} modifiée`;
    case 'remove_macro': return `macro ${name} supprimée`;
    case 'set_caption': return `titrage ${name} modifié`;
    case 'remove_caption': return `titrage ${name} supprimé`;
    case 'bind_control': return `commande ${name} affectée`;
    case 'unbind_control': return `commande ${name} libérée`;
    case 'set_agenda_item': return `question « ${name} » écrite`;
    case 'remove_agenda_item': return `question « ${name} » retirée`;
    case 'move_agenda_item': return `question « ${name} » déplacée`;
    default: return [command.replaceAll('_', ' '), name].join(' ');
  }
};
const en = (command: string, name: string, part: string): string => {
  switch (command) {
    case 'set_scene': return `scene ${name} edited`;
    case 'remove_scene': return `scene ${name} removed`;
    case 'set_layer': return `layer ${part} of ${name}`;
    case 'arrange_scene': return `layout of ${name}`;
    case 'set_clip': return `clip ${name}: ${parts(partsEn, part)}`;
    case 'set_channel': return `sound of ${name}: ${parts(partsEn, part)}`;
    case 'set_master': return `master sound: ${parts(partsEn, part)}`;
    case 'set_transition': return `transition ${part}`;
    case 'set_stinger': return part === 'cut' ? `cut of ${name}` : `${name} made a stinger`;
    case 'remove_stinger': return `${name} no longer a stinger`;
    case 'set_multiview': return ['multiview', part].filter(Boolean).join(': ');
    case 'add_source': return `${name} added`;
    case 'remove_source': return `${name} removed`;
    case 'set_cue': return `cue ${name} edited`;
    case 'move_cue': return `cue ${name} moved`;
    case 'remove_cue': return `cue ${name} removed`;
    case 'stop_recording': return `macro ${name} recorded`;
    case 'set_macro': return `macro ${name} edited`;
    case 'remove_macro': return `macro ${name} removed`;
    case 'set_caption': return `caption ${name} edited`;
    case 'remove_caption': return `caption ${name} removed`;
    case 'bind_control': return `control ${name} assigned`;
    case 'unbind_control': return `control ${name} freed`;
    case 'set_agenda_item': return `question “${name}” written`;
    case 'remove_agenda_item': return `question “${name}” removed`;
    case 'move_agenda_item': return `question “${name}” moved`;
    default: return [command.replaceAll('_', ' '), name].join(' ');
  }
};

const words = dictionary(
  {
    undo: 'Annuler', redo: 'Rétablir',
    undoOf: (what: string, by: string) => `Annuler : ${what}, par ${by}`,
    redoOf: (what: string, by: string) => `Rétablir : ${what}, par ${by}`,
    what: fr,
  },
  {
    undo: 'Undo', redo: 'Redo',
    undoOf: (what: string, by: string) => `Undo: ${what}, by ${by}`,
    redoOf: (what: string, by: string) => `Redo: ${what}, by ${by}`,
    what: en,
  },
);

interface Given {
  edits: EditsView;
  labelOf?: (name: string) => string;
  send: (command: Command) => Promise<unknown>;
}

export function UndoButtons({ edits, labelOf = (name) => name, send }: Given) {
  const t = useWords(words);
  const may = useMay();
  const { undo, redo } = edits;
  const said = (edit: EditView): string => t.what(edit.command, labelOf(edit.name), edit.part);
  return (
    <div class="steps">
      <button type="button" disabled={!undo} title={undo ? t.undoOf(said(undo), undo.by) : t.undo} onClick={() => void send({ kind: 'undo' })} {...may('undo')}>
        <kbd>Ctrl Z</kbd> <span>{undo ? t.undoOf(said(undo), undo.by) : t.undo}</span>
      </button>
      <button type="button" disabled={!redo} title={redo ? t.redoOf(said(redo), redo.by) : t.redo} onClick={() => void send({ kind: 'redo' })} {...may('redo')}>
        <kbd>⇧ Ctrl Z</kbd> <span>{redo ? t.redoOf(said(redo), redo.by) : t.redo}</span>
      </button>
    </div>
  );
}

// -1: undo, 1: redo, 0: neither.
export function stepOf(event: KeyboardEvent): -1 | 0 | 1 {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return 0;
  if (event.target instanceof Element && event.target.closest('input, textarea')) return 0; // the field's own
  const letter = event.key.toLowerCase();
  if (letter === 'z') return event.shiftKey ? 1 : -1;
  return letter === 'y' ? 1 : 0;
}

// Their keys, for a desk that has no other use of them.
export function useUndoKeys(send: (command: Command) => Promise<unknown>): void {
  const newest = useRef(send);
  newest.current = send;
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const step = stepOf(event);
      if (step === 0) return;
      event.preventDefault();
      void newest.current({ kind: step < 0 ? 'undo' : 'redo' });
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
