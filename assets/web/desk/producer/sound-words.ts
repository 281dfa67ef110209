import { dictionary } from '../../shared/i18n';
import type { SoundFollow } from '../../shared/protocol';

const fr: Record<SoundFollow, string> = { off: 'coupé', with: "suit l'image", always: 'toujours' };
const en: Record<SoundFollow, string> = { off: 'off', with: 'with picture', always: 'always' };

export const words = dictionary(
  {
    sound: 'Son',
    bell: 'Cloche',
    lost: (name: string) => `La sortie son « ${name} » est muette : pas d'appareil. Elle revient d'elle-même.`,
    master: 'Général',
    gain: (name: string) => `Niveau de ${name}`,
    silent: 'muet',
    mute: 'Muet',
    solo: 'Solo',
    soloHelp: "Écoute de contrôle : la salle n'entend pas de différence.",
    follow: 'À l’antenne',
    follows: (follow: SoundFollow) => fr[follow],
    pan: 'Panoramique',
    panOf: (name: string) => `Panoramique de ${name}`,
    side: (pan: number) => (pan === 0 ? 'centre' : `${Math.round(Math.abs(pan) * 100)} % ${pan < 0 ? 'gauche' : 'droite'}`),
    delay: 'Retard, ms',
    limiter: 'Limiteur',
    momentary: 'Sonie momentanée, 400 ms',
    shortTerm: 'Sonie à court terme, 3 s',
    integrated: 'Sonie intégrée depuis le début',
    truePeak: 'Crête vraie',
  },
  {
    sound: 'Sound',
    bell: 'Bell',
    lost: (name: string) => `The sound output "${name}" is silent: no device. It returns by itself.`,
    master: 'Master',
    gain: (name: string) => `Level of ${name}`,
    silent: 'silent',
    mute: 'Mute',
    solo: 'Solo',
    soloHelp: 'For the monitor: the hall hears no difference.',
    follow: 'On air',
    follows: (follow: SoundFollow) => en[follow],
    pan: 'Pan',
    panOf: (name: string) => `Pan of ${name}`,
    side: (pan: number) => (pan === 0 ? 'centre' : `${Math.round(Math.abs(pan) * 100)}% ${pan < 0 ? 'left' : 'right'}`),
    delay: 'Delay, ms',
    limiter: 'Limiter',
    momentary: 'Momentary loudness, 400 ms',
    shortTerm: 'Short-term loudness, 3 s',
    integrated: 'Integrated loudness since the start',
    truePeak: 'True peak',
  },
);
