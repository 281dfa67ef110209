// The words of the facilitation desk.
import { dictionary } from '../../shared/i18n';

const n = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;
const e = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const words = dictionary(
  {
    title: 'Facilitation', loading: 'Un instant…',
    whoTitle: 'Qui êtes-vous ?', whoText: 'Les autres voient ce nom à côté de ce que vous regardez et de ce que vous faites. Cet appareil le garde.',
    yourName: 'Votre nom', begin: 'Commencer', changeName: 'Changer de nom', you: 'Vous', present: 'Avec vous', alone: 'Vous êtes seul ici',
    coming: (have: number, all: number) => `Chargement : ${have} sur ${all}`, working: 'En cours…',
    // header
    waiting: 'en attente', total: 'au total', heldCount: 'retenues', moderation: 'Lecture', after: 'Après parution', before: 'Avant parution',
    phones: 'Téléphones', react: 'réagissent', contribute: 'contribuent', keys: 'Touches',
    // queue
    queue: 'File', look_unread: 'À lire', look_all: 'Toutes', look_held: 'Retenues', look_review: 'À relire', look_ungathered: 'À rassembler',
    kind: 'Genre', round: 'Tour', table: 'Table', theme: 'Thème', any: 'Tous', anyTable: 'Toutes', search: 'Chercher', phone: 'téléphone',
    tableN: (table: number) => `table ${table}`, roundN: (round: number) => `tour ${round}`,
    none: 'Rien ici : tout est lu.', noneFound: 'Aucune contribution ne répond à ces choix.', clear: 'Tout revoir',
    idea: 'idée', question: 'question', means: 'moyen', criticism: 'critique',
    state_waiting: 'en attente', state_shown: 'paraît', state_gathered: 'rassemblée', state_held: 'retenue', state_retracted: 'retirée par sa table',
    flag_insult: 'insulte ?', flag_spelled_apart: 'épelé ?', flag_look_alike: 'caractères trompeurs ?', flag_personal_data: 'donnée personnelle ?', flag_link: 'lien',
    flagNote: 'Remarqué par la machine : à vous de juger.', looks: (name: string) => `${name} regarde`, likes: (count: number) => n(count, 'approbation', 'approbations'),
    selected: (count: number) => n(count, 'choisie', 'choisies'), unselect: 'Ne plus choisir', late: 'arrivée après la clôture',
    // detail
    detail: 'Contribution', choose: 'Choisissez une contribution dans la file.', actions: 'Que faire',
    approve: 'Lue, laisser paraître', hold: 'Retenir', release: 'Libérer', gather: 'Rassembler', propose: 'Proposer d’autres mots', spotlight: 'Mettre en lumière',
    unlight: 'Éteindre la lumière', oppose: 'Opposer à une autre', review: 'Demander une seconde lecture', confirm: 'Confirmer la retenue', outcome: 'Dire ce que c’est devenu',
    undo: 'Annuler', undoMine: 'Annuler mon dernier geste', nothingMine: 'Vous n’avez rien à annuler.', ungather: 'Sortir du thème',
    heldFor: (reason: string, by: string) => `Retenue par ${by} : ${reason}`, machine: 'la machine', noteTo: 'Mot pour la table :', reviewWanted: 'Une seconde lecture est demandée.',
    confirmedBy: (name: string) => `Confirmée par ${name}`, proposed: 'Proposé à la table :', declined: 'La table garde ses mots.', firstWords: 'Ses premiers mots :',
    became: 'Ce que c’est devenu :', lit: 'En lumière sur les faces', same: (count: number) => `${count} le disent avec les mêmes mots`, chooseSame: 'Les choisir', suggestions: (count: number) => (count === 1 ? 'Un groupe se ressemble' : `${count} groupes se ressemblent`), chooseAlike: (count: number) => `Choisir les ${count}`, moreSuggestions: 'En voir d’autres', story: 'Son histoire', noStory: 'Rien encore.', undone: 'annulé', read: 'lue',
    // asking
    cancel: 'Abandonner', send: 'Envoyer', holdTitle: (count: number) => n(count, 'contribution à retenir', 'contributions à retenir'), holdWhy: 'Pourquoi ? La raison est publique.',
    criticismNote: 'Une critique n’est pas une raison de retenir. Ne retenez que pour l’une de ces raisons.', note: 'Un mot pour la table (facultatif)',
    insult: 'Insulte', hate: 'Propos haineux', personal_data: 'Donnée personnelle', names_person: 'Met en cause une personne', advert: 'Publicité', unreadable: 'Illisible', repeated: 'Répétée à l’identique',
    gatherTitle: (count: number) => `Rassembler ${n(count, 'contribution', 'contributions')}`, gatherHint: 'Tapez : un thème proposé, ou un nouveau. Entrée rassemble.', newTheme: (title: string) => `Nouveau thème « ${title} »`, noTheme: 'Aucun thème',
    mergeTitle: (title: string) => `Fusionner « ${title} » avec…`, proposeTitle: 'D’autres mots', proposeText: 'La table les prend ou garde les siens : rien ne change sans elle.', takeBack: 'Retirer la proposition',
    tensionTitle: 'Opposer', tensionText: 'Deux côtés au même rang : la salle pèsera chacun.', tensionName: 'Titre (facultatif)', outcomeTitle: 'Ce que c’est devenu', outcomeText: 'Sa table le lira. Vide : rien n’est dit.', renameTitle: 'Titre du thème',
    // marks
    markTension: (what: string) => `« ${what} » s’oppose à… Allez à l’autre, puis O.`, markGather: (what: string) => `« ${what} » avec… Allez à l’autre, puis G.`,
    // themes
    themes: 'Thèmes', tensions: 'Oppositions', terms: 'Mots', deeds: 'Gestes', themesHint: 'Glissez une contribution sur un thème, ou sur une autre ; un thème sur un thème les fusionne.',
    dropNew: 'Nouveau thème', dropHere: 'Déposez ici pour un nouveau thème', noThemes: 'Aucun thème encore.', size: (count: number) => n(count, 'contribution', 'contributions'), show: 'Voir', rename: 'Renommer', opposeShort: 'Opposer', outcomeShort: 'Bilan', merge: 'Fusionner', remove: 'Défaire',
    sort: 'Les plus grands d’abord', more: (count: number) => `${count} de plus`, removeSure: (title: string) => `Défaire « ${title} » ? Ses contributions ne seront plus rassemblées.`,
    // tensions
    noTensions: 'Aucune opposition encore. Touche O sur une contribution, puis sur l’autre.', versus: 'contre', toLook: 'Proposée par une table : à regarder', openIt: 'Faire peser', closeIt: 'Clore', weighed: 'La salle pèse', agree: 'pour', disagree: 'contre', pass: 'passent',
    separates: 'Ce qui sépare', sepLine: (who: string, side: string, share: number, others: number, voices: number) => `${who} : ${share} % pour ${side}, ${others} % ailleurs (${n(voices, 'voix', 'voix')})`, sideOf: (at: number) => `le côté ${at}`, gone: 'n’est plus là', removeIt: 'Retirer', hiddenSide: 'ne paraît pas',
    // terms
    noTerms: 'Aucune règle : les mots du nuage paraissent comme ils sont écrits.', word: 'Mot', act: 'Devient', to: 'En', act_merge: 'compte comme', act_hide: 'ne paraît pas', act_rename: 's’écrit', add: 'Ajouter', free: (word: string) => `Rendre « ${word} »`,
    // deeds
    noDeeds: 'Rien n’a encore été fait.', step: (deed: number) => `geste ${deed}`, undoes: (deed: number) => `annule le geste ${deed}`,
    // done
    doneHold: 'Retenue', doneApprove: 'Lue', doneGather: 'Rassemblée', doneUndo: 'Geste annulé', donePropose: 'Proposé à la table', doneReview: 'Une seconde lecture est demandée', doneMerge: 'Thèmes fusionnés', doneTension: 'Opposition ajoutée',
    // key sheet
    allKeys: 'Les touches', close: 'Fermer', k_move: 'Aller', k_extend: 'Choisir en allant', k_select: 'Choisir', k_all: 'Choisir tout', k_search: 'Chercher', k_looks: 'Suite des filtres', k_together: 'Avec une autre : marquer, puis choisir', k_escape: 'Abandonner, ne rien choisir', k_reason: 'La raison', k_sheet: 'Cette feuille',
  },
  {
    title: 'Facilitation', loading: 'One moment…',
    whoTitle: 'Who are you?', whoText: 'The others see this name beside what you look at and what you do. This device keeps it.',
    yourName: 'Your name', begin: 'Begin', changeName: 'Change name', you: 'You', present: 'With you', alone: 'You are alone here',
    coming: (have: number, all: number) => `Loading: ${have} of ${all}`, working: 'Working…',
    waiting: 'waiting', total: 'in all', heldCount: 'held', moderation: 'Reading', after: 'After showing', before: 'Before showing',
    phones: 'Phones', react: 'react', contribute: 'contribute', keys: 'Keys',
    queue: 'Queue', look_unread: 'To read', look_all: 'All', look_held: 'Held', look_review: 'To review', look_ungathered: 'Ungathered',
    kind: 'Kind', round: 'Round', table: 'Table', theme: 'Theme', any: 'All', anyTable: 'All', search: 'Search', phone: 'phone',
    tableN: (table: number) => `table ${table}`, roundN: (round: number) => `round ${round}`,
    none: 'Nothing here: all is read.', noneFound: 'No contribution fits these choices.', clear: 'Show all again',
    idea: 'idea', question: 'question', means: 'means', criticism: 'criticism',
    state_waiting: 'waiting', state_shown: 'shown', state_gathered: 'gathered', state_held: 'held', state_retracted: 'withdrawn by its table',
    flag_insult: 'insult?', flag_spelled_apart: 'spelled apart?', flag_look_alike: 'look-alike letters?', flag_personal_data: 'personal data?', flag_link: 'link',
    flagNote: 'Noticed by the machine: you decide.', looks: (name: string) => `${name} looks`, likes: (count: number) => e(count, 'like', 'likes'),
    selected: (count: number) => `${count} chosen`, unselect: 'Choose none', late: 'came after its round closed',
    detail: 'Contribution', choose: 'Choose a contribution in the queue.', actions: 'What to do',
    approve: 'Read, let it show', hold: 'Hold', release: 'Release', gather: 'Gather', propose: 'Propose other words', spotlight: 'Spotlight',
    unlight: 'Spotlight off', oppose: 'Set against another', review: 'Ask for a second look', confirm: 'Confirm the hold', outcome: 'Say what became of it',
    undo: 'Undo', undoMine: 'Undo my last step', nothingMine: 'You have nothing to undo.', ungather: 'Take out of its theme',
    heldFor: (reason: string, by: string) => `Held by ${by}: ${reason}`, machine: 'the machine', noteTo: 'Note to the table:', reviewWanted: 'A second look is asked for.',
    confirmedBy: (name: string) => `Confirmed by ${name}`, proposed: 'Proposed to the table:', declined: 'The table keeps its words.', firstWords: 'Its first words:',
    became: 'What became of it:', lit: 'In the light on the faces', same: (count: number) => `${count} say it in the same words`, chooseSame: 'Choose them', suggestions: (count: number) => (count === 1 ? 'One group is alike' : `${count} groups are alike`), chooseAlike: (count: number) => `Choose the ${count}`, moreSuggestions: 'See more', story: 'Its story', noStory: 'Nothing yet.', undone: 'taken back', read: 'read',
    cancel: 'Give up', send: 'Send', holdTitle: (count: number) => `Hold ${e(count, 'contribution', 'contributions')}`, holdWhy: 'Why? The reason is public.',
    criticismNote: 'Criticism is no reason to hold. Hold only for one of these reasons.', note: 'A note to the table (optional)',
    insult: 'Insult', hate: 'Hate', personal_data: 'Personal data', names_person: 'Accuses a person by name', advert: 'Advertisement', unreadable: 'Unreadable', repeated: 'Repeated word for word',
    gatherTitle: (count: number) => `Gather ${e(count, 'contribution', 'contributions')}`, gatherHint: 'Type: a theme that is there, or a new one. Enter gathers.', newTheme: (title: string) => `New theme “${title}”`, noTheme: 'No theme',
    mergeTitle: (title: string) => `Merge “${title}” into…`, proposeTitle: 'Other words', proposeText: 'The table takes them or keeps its own: nothing changes without it.', takeBack: 'Take the proposal back',
    tensionTitle: 'Set against each other', tensionText: 'Two sides at equal rank: the room will weigh each.', tensionName: 'Title (optional)', outcomeTitle: 'What became of it', outcomeText: 'Its table will read it. Empty: nothing is said.', renameTitle: 'Title of the theme',
    markTension: (what: string) => `“${what}” against… Go to the other, then O.`, markGather: (what: string) => `“${what}” together with… Go to the other, then G.`,
    themes: 'Themes', tensions: 'Tensions', terms: 'Words', deeds: 'Steps', themesHint: 'Drag a contribution onto a theme, or onto another; a theme onto a theme merges them.',
    dropNew: 'New theme', dropHere: 'Drop here for a new theme', noThemes: 'No theme yet.', size: (count: number) => e(count, 'contribution', 'contributions'), show: 'Show', rename: 'Rename', opposeShort: 'Oppose', outcomeShort: 'Outcome', merge: 'Merge', remove: 'Dissolve',
    sort: 'Largest first', more: (count: number) => `${count} more`, removeSure: (title: string) => `Dissolve “${title}”? Its contributions will be ungathered.`,
    noTensions: 'No tension yet. Press O on a contribution, then on the other.', versus: 'against', toLook: 'Proposed by a table: to be looked at', openIt: 'Have it weighed', closeIt: 'Close', weighed: 'The room weighs', agree: 'agree', disagree: 'disagree', pass: 'pass',
    separates: 'What separates', sepLine: (who: string, side: string, share: number, others: number, voices: number) => `${who}: ${share}% for ${side}, ${others}% elsewhere (${e(voices, 'voice', 'voices')})`, sideOf: (at: number) => `side ${at}`, gone: 'is gone', removeIt: 'Remove', hiddenSide: 'is not shown',
    noTerms: 'No rule: the words of the cloud show as they are written.', word: 'Word', act: 'Becomes', to: 'Into', act_merge: 'counts as', act_hide: 'does not show', act_rename: 'is written', add: 'Add', free: (word: string) => `Free “${word}”`,
    noDeeds: 'Nothing was done yet.', step: (deed: number) => `step ${deed}`, undoes: (deed: number) => `takes step ${deed} back`,
    doneHold: 'Held', doneApprove: 'Read', doneGather: 'Gathered', doneUndo: 'Step taken back', donePropose: 'Proposed to the table', doneReview: 'A second look is asked for', doneMerge: 'Themes merged', doneTension: 'Tension added',
    allKeys: 'The keys', close: 'Close', k_move: 'Move', k_extend: 'Choose while moving', k_select: 'Choose', k_all: 'Choose all', k_search: 'Search', k_looks: 'Next filter', k_together: 'With another: mark, then choose', k_escape: 'Give up, choose none', k_reason: 'The reason', k_sheet: 'This sheet',
  },
);
export type T = (typeof words)['fr'];
