import { dictionary } from '../../shared/i18n';

// What a cell may show beside faces, sources and scenes.
export const cellViews: readonly string[] = ['program', 'preview', 'clean', 'clock', 'sound', 'none'];

export const multiviewWords = dictionary(
  {
    layout: 'Disposition',
    layouts: (name: string) =>
      ({ all: 'Toutes les sources', eight: 'Huit petites', program_large: 'Programme en grand', faces: 'Les faces en haut' })[name] ?? name,
    safeAreas: 'Zones de sécurité',
    meters: 'Niveaux',
    arrange: 'Choisir les images',
    cell: (n: number) => `Case ${n}`,
    automatic: 'Automatique',
    view: (name: string) =>
      ({ program: 'Programme', preview: 'Prévision', clean: 'Programme propre', clock: 'Horloge', sound: 'Son général', none: 'Rien' })[name] ?? name,
    faces: 'Faces',
    scenes: 'Sources et scènes',
  },
  {
    layout: 'Layout',
    layouts: (name: string) =>
      ({ all: 'All sources', eight: 'Eight small', program_large: 'Program large', faces: 'Faces on top' })[name] ?? name,
    safeAreas: 'Safe areas',
    meters: 'Levels',
    arrange: 'Choose pictures',
    cell: (n: number) => `Cell ${n}`,
    automatic: 'Automatic',
    view: (name: string) =>
      ({ program: 'Program', preview: 'Preview', clean: 'Clean feed', clock: 'Clock', sound: 'Master sound', none: 'Nothing' })[name] ?? name,
    faces: 'Faces',
    scenes: 'Sources and scenes',
  },
);
