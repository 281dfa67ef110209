// What somebody just did, as the desks tell each other: every kind of command has its words in both languages.
import type { Command } from './protocol';
import { voiceDeedsEn, voiceDeedsFr } from './voice-words';

type Kinds = Record<Command['kind'], string>;

export const movesFr: Kinds = {
  cut: 'coupe', take: 'enchaîne', preview: 'prévoit', follow: 'suit le programme', set_transition: 'choisit la transition',
  move_t_bar: 'tient le levier', fade_to_black: 'noir', swap_faces: 'échange', set_overlay: 'habillage', place_wall: 'mur',
  set_scene: 'modifie', set_layer: 'modifie', remove_scene: 'supprime', arrange_scene: 'dispose', undo: 'annule', redo: 'rétablit',
  cue: 'cale', play: 'lit', pause: 'arrête', set_clip: 'règle', add_source: 'ajoute', remove_source: 'retire',
  set_stinger: 'règle la transition', remove_stinger: 'retire la transition', set_multiview: 'règle la multivue',
  set_channel: 'règle le son', set_master: 'règle le son général', ring_bell: 'cloche',
  set_cue: 'modifie le top', move_cue: 'déplace le top', remove_cue: 'supprime le top', go: 'GO', back: 'revient au top',
  stand_by: 'prépare le top', hold_cues: 'retient le conducteur', set_macro: 'modifie la macro', remove_macro: 'supprime la macro',
  run_macro: 'lance la macro', stop_macro: 'arrête la macro', record_macro: 'enregistre la macro', stop_recording: 'termine la macro', together: 'plusieurs à la fois',
  set_caption: 'écrit le titrage', remove_caption: 'supprime le titrage', show_caption: 'titrage', next_caption: 'titrage suivant',
  start_countdown: 'lance le compte à rebours', hold_countdown: 'suspend le compte à rebours', extend_countdown: 'change le compte à rebours',
  stop_countdown: 'arrête le compte à rebours', bind_control: 'affecte une commande', unbind_control: 'libère une commande',
  set_question: 'prépare la question', start_round: 'ouvre la question', stop_round: 'ferme la question', pause_round: 'suspend la question',
  resume_round: 'reprend la question', extend_round: 'change le temps de la question', set_agenda_item: 'modifie l’ordre du jour',
  remove_agenda_item: 'modifie l’ordre du jour', move_agenda_item: 'modifie l’ordre du jour', show_notice: 'message',
  plan_rotation: 'planifie les tables', change_tables: 'change les tables', undo_rotation: 'reprend le plan de tables d’avant',
  start_record: 'filme', stop_record: 'arrête de filmer', ...voiceDeedsFr,
};

export const movesEn: Kinds = {
  cut: 'cuts', take: 'takes', preview: 'previews', follow: 'follows program', set_transition: 'sets the transition',
  move_t_bar: 'holds the T-bar', fade_to_black: 'black', swap_faces: 'swaps', set_overlay: 'overlay', place_wall: 'wall',
  set_scene: 'edits', set_layer: 'edits', remove_scene: 'removes', arrange_scene: 'arranges', undo: 'undoes', redo: 'redoes',
  cue: 'cues', play: 'plays', pause: 'pauses', set_clip: 'sets', add_source: 'adds', remove_source: 'removes',
  set_stinger: 'sets the stinger', remove_stinger: 'removes the stinger', set_multiview: 'sets the multiview',
  set_channel: 'sets the sound', set_master: 'sets the master', ring_bell: 'bell',
  set_cue: 'edits cue', move_cue: 'moves cue', remove_cue: 'removes cue', go: 'GO', back: 'goes back to cue',
  stand_by: 'stands by cue', hold_cues: 'holds the rundown', set_macro: 'edits macro', remove_macro: 'removes macro',
  run_macro: 'runs macro', stop_macro: 'stops macro', record_macro: 'records macro', stop_recording: 'ends macro', together: 'several at once',
  set_caption: 'writes caption', remove_caption: 'removes caption', show_caption: 'caption', next_caption: 'next caption',
  start_countdown: 'starts the countdown', hold_countdown: 'holds the countdown', extend_countdown: 'changes the countdown',
  stop_countdown: 'stops the countdown', bind_control: 'binds a control', unbind_control: 'frees a control',
  set_question: 'prepares the question', start_round: 'opens the question', stop_round: 'closes the question', pause_round: 'holds the question',
  resume_round: 'lets the question go on', extend_round: 'changes the time of the question', set_agenda_item: 'edits the agenda',
  remove_agenda_item: 'edits the agenda', move_agenda_item: 'edits the agenda', show_notice: 'notice',
  plan_rotation: 'plans the tables', change_tables: 'changes the tables', undo_rotation: 'brings back the table plan before',
  start_record: 'records', stop_record: 'stops recording', ...voiceDeedsEn,
};
