// What the machine says of its outputs, in this device's language. It comes as an English sentence without a code, so the
// sentence itself is looked up; a name or a number in it stands as {}. One that is not here stays as it came.
import type { Language } from '../../shared/i18n';
import { typography } from '../../shared/typography';

export const sentences: readonly (readonly [en: string, fr: string])[] = [
  ['display {} is not there', "L'écran {} n'est pas branché."],
  ['{}×{}, not shown anywhere', '{}×{}, montrée nulle part'],
  ['{}×{}, {} readers', '{}×{}, lecteurs : {}'],
  ['There is no face "{}" in the show.', "Le spectacle n'a pas de face « {} »."],
  ['There is no view "{}" in the show any more.', "Le spectacle n'a plus de vue « {} »."],
  ['Output "{}" has the unknown kind "{}"; use one of {}.', 'La sortie « {} » est d’un genre inconnu, « {} » ; choisissez parmi {}.'],
  ['Output "{}" wants a window, but there is no display; use kind "headless".', "La sortie « {} » veut une fenêtre, mais il n'y a pas d'écran ; prenez le genre « headless »."],
  ['No window can be opened for output "{}" ({}).', "Aucune fenêtre ne s'ouvre pour la sortie « {} » ({})."],
  ['The face has no picture on the graphics card.', "La face n'a pas d'image sur la carte graphique."],
  ['The window cannot be drawn to ({}).', "Rien ne se dessine dans la fenêtre ({})."],
  ["The display's pixels are not 32-bit B G R; set it to 24-bit colour.", "Les pixels de l'écran ne sont pas en 32 bits B V R ; réglez-le en couleurs 24 bits."],
  ['The face has no picture yet.', "La face n'a pas encore d'image."],
  ['Readers hold all pictures of this face; they must let go of old ones.', 'Les lecteurs retiennent toutes les images de cette face ; ils doivent en relâcher.'],
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const pattern = (en: string): RegExp => new RegExp(`^${en.split('{}').map(escaped).join('(.+?)')}$`);

export function detailIn(language: Language, detail: string): string {
  if (language === 'en') return detail;
  for (const [en, fr] of sentences) {
    const found = pattern(en).exec(detail);
    if (!found) continue;
    let at = 0;
    return typography(fr).replace(/\{\}/g, () => found[++at] ?? '');
  }
  return detail;
}
