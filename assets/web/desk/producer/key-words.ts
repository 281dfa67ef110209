import { dictionary } from '../../shared/i18n';

export const keyWords = dictionary(
  {
    take: 'Prendre', cut: 'Couper : la prévision passe', auto: 'Enchaîner par la transition choisie',
    source: "Source, à l'antenne ou en prévision selon le réglage", other: "Source, de l'autre côté", scene: 'Scène', overlay: 'Habillage, mettre ou ôter', black: 'Fondu au noir et retour', caption: 'Titrage choisi, afficher ou retirer', nextCaption: 'Titrage suivant, à sa place',
    faces: 'Faces', also: 'Avec Maj : une face de plus', group: 'Choisir plusieurs faces', program: 'Retour au programme', follow: 'Suivre le programme', swap: 'Échanger les deux faces choisies',
    cues: 'Conducteur', go: 'GO : le prochain top', back: 'Le top précédent, encore',
    edit: 'Partout', undo: 'Annuler', redo: 'Rétablir', next: 'Champ ou bouton suivant', arrows: 'Régler, déplacer un calque', leave: 'Rendre un champ, fermer',
  },
  {
    take: 'Take', cut: 'Cut: preview goes on air', auto: 'Auto: by the transition chosen',
    source: 'Source, on air or to preview as set', other: 'Source, the other way', scene: 'Scene', overlay: 'Overlay, on or off', black: 'Fade to black and back', caption: 'Chosen title, show or take off', nextCaption: 'Next title, in its place',
    faces: 'Faces', also: 'With Shift: one face more', group: 'Choose several faces', program: 'Back to program', follow: 'Follow program', swap: 'Swap the two chosen faces',
    cues: 'Rundown', go: 'GO: the next cue', back: 'The cue before, again',
    edit: 'Everywhere', undo: 'Undo', redo: 'Redo', next: 'Next field or button', arrows: 'Set, move a layer', leave: 'Give a field back, close',
  },
);
