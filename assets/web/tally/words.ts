import { dictionary } from '../shared/i18n';

export const words = dictionary(
  {
    title: 'Voyant',
    program: "À l'antenne",
    preview: 'En prévision',
    dark: 'Hors antenne',
    everywhere: 'Sur toutes les faces',
    connecting: 'Connexion…',
    lost: 'Connexion perdue',
    lostMore: "Ce voyant ne dit rien tant qu'il n'est pas relié : vous êtes peut-être à l'antenne.",
    unknown: "Aucune source de ce nom. Choisissez la vôtre :",
    mayDarken: "Cet écran peut s'éteindre seul : réglez sa mise en veille sur « Jamais ».",
  },
  {
    title: 'Tally',
    program: 'On air',
    preview: 'Preview',
    dark: 'Off air',
    everywhere: 'On all faces',
    connecting: 'Connecting…',
    lost: 'Connection lost',
    lostMore: 'This lamp says nothing until it is connected: you may be on air.',
    unknown: 'No source has this name. Choose yours:',
    mayDarken: 'This screen may turn itself off: set it to never sleep.',
  },
);
