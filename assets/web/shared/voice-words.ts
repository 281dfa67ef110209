// What is done with contributions, in words: for the desks, and for a contribution's story.
import type { VoiceCommand } from './protocol';

type Kinds = Record<VoiceCommand['kind'], string>;

export const voiceDeedsFr: Kinds = {
  revise: 'réécrit', retract: 'retire', answer_proposal: 'répond à la proposition', introduce: 'se présente', like: 'aime',
  weigh: 'pèse', vote: 'vote', approve: 'lit et laisse paraître', hold_back: 'retient', release: 'libère',
  ask_review: 'demande une seconde lecture', confirm_hold: 'confirme la retenue', propose_words: 'propose une rédaction',
  gather: 'rassemble', name_theme: 'nomme un thème', merge_themes: 'fusionne des thèmes', remove_theme: 'défait un thème',
  set_tension: 'oppose', open_tension: 'fait peser', remove_tension: 'retire l’opposition', set_outcome: 'dit ce que c’est devenu',
  set_term: 'règle un mot', remove_term: 'rend un mot', undo_deed: 'annule', set_moderation: 'règle la lecture préalable',
  set_spotlight: 'met en lumière', set_poll: 'prépare un vote', open_poll: 'ouvre le vote', close_poll: 'clôt le vote',
  remove_poll: 'supprime le vote', set_audience: 'règle les téléphones',
};

export const voiceDeedsEn: Kinds = {
  revise: 'rewrites', retract: 'withdraws', answer_proposal: 'answers the proposal', introduce: 'introduces themselves', like: 'likes',
  weigh: 'weighs', vote: 'votes', approve: 'reads and lets through', hold_back: 'holds', release: 'releases',
  ask_review: 'asks for a second look', confirm_hold: 'confirms the hold', propose_words: 'proposes other words',
  gather: 'gathers', name_theme: 'names a theme', merge_themes: 'merges themes', remove_theme: 'undoes a theme',
  set_tension: 'opposes', open_tension: 'has it weighed', remove_tension: 'removes the tension', set_outcome: 'says what became of it',
  set_term: 'sets a word', remove_term: 'frees a word', undo_deed: 'undoes', set_moderation: 'sets who reads first',
  set_spotlight: 'puts in the light', set_poll: 'prepares a vote', open_poll: 'opens the vote', close_poll: 'closes the vote',
  remove_poll: 'removes the vote', set_audience: 'sets what phones may do',
};
