// Short notes in a corner: what went wrong, with its code, or that something was done. Faults stay until they
// are closed; the rest leaves by itself.
import type { Outcome } from './connection';
import { useObservable, useWords } from './hooks';
import { dictionary, language } from './i18n';
import { Observable } from './observable';

const words = dictionary(
  {
    close: 'Fermer',
    notes: 'Messages',
    not_connected: "Pas de connexion : rien n'a été envoyé. Réessayez quand le voyant repasse au vert.",
    no_answer: "Pas de réponse du serveur : vérifiez à l'écran si c'est fait avant de recommencer.",
    forbidden: "Votre clé n'y donne pas droit. Demandez-la au responsable technique.",
    forbidden_face: "Cette face n'est pas la vôtre. Le responsable technique l'ajoute dans le fichier du spectacle.",
    unknown_operator: "Le fichier du spectacle ne vous nomme plus. Voyez le responsable technique.",
    unknown_scene: "Cette source ou cette scène n'existe plus dans le spectacle.",
    scene_in_use: "Cette scène est à l'antenne, en prévision ou dans une autre scène : retirez-la d'abord de là.",
    unknown_layer: "Ce calque n'existe plus dans la scène.",
    unknown_cue: "Ce top n'est plus dans le conducteur.",
    unknown_macro: "Cette macro n'existe plus.",
    no_next_cue: 'Le conducteur est à sa fin : choisissez un top, ou ajoutez-en un.',
    no_cue_before: "Il n'y a pas de top avant celui-ci.",
    cue_taken: 'Ce numéro est déjà pris : donnez-en un autre.',
    macro_taken: 'Ce nom de macro est déjà pris : donnez-en un autre.',
    recording_runs: 'Une macro est déjà en cours d’enregistrement : terminez-la d’abord.',
    already_recording: 'Cette image est déjà enregistrée.',
    not_recorded: "Il n'y a pas d’enregistrement en cours.",
    unknown_view: "Cette image n'existe plus dans le spectacle.",
    too_many_recordings: 'Trop d’enregistrements à la fois : arrêtez-en un.',
    not_recording: "Aucune macro n'est en cours d'enregistrement.",
    nothing_to_undo: "Il n'y a rien à annuler.",
    nothing_to_redo: "Il n'y a rien à rétablir.",
    too_many_overlays: 'Trop d’habillages à la fois : retirez-en un.',
    unknown_face: "Cette face n'existe plus dans le spectacle.",
    no_question: "Préparez d'abord une question.",
    no_open_round: "Aucune question n'est ouverte.",
    changed_since: 'Quelqu’un y a retouché depuis : annulez d’abord ce geste plus récent.',
    already_undone: 'Ce geste est déjà annulé.',
    unknown_deed: 'Ce geste n’existe pas.',
    unknown_contribution: 'Cette contribution n’existe pas.',
    retracted: 'Sa table l’a retirée : il n’y a plus rien à faire.',
    not_held: 'Elle n’est pas retenue.',
    own_hold: 'Vous l’avez retenue vous-même : une autre personne doit la relire.',
    not_shown: 'La salle ne la voit pas : laissez-la paraître ou libérez-la d’abord.',
    unknown_theme: 'Ce thème n’existe plus : quelqu’un l’a fusionné ou défait.',
    same_theme: 'Un thème ne se fusionne pas avec lui-même.',
    empty_title: 'Il faut un titre au thème.',
    too_many_named: 'Au plus 500 contributions à la fois.',
    too_many_themes: 'Il y a trop de thèmes : fusionnez-en.',
    too_many_tensions: 'Il y a trop d’oppositions : retirez-en.',
    unknown_tension: 'Cette opposition n’existe plus.',
    bad_sides: 'Une opposition a deux côtés différents.',
    bad_term: 'Dites quel mot, et ce qu’il devient.',
    unknown_word: 'Ce mot n’a plus de règle.',
    nothing_named: 'Choisissez au moins une contribution.',
    busy: 'Le serveur est occupé. Réessayez dans un instant.',
    storage_failed: "Le disque n'écrit plus : prévenez la technique tout de suite.",
  },
  {
    close: 'Close',
    notes: 'Messages',
    not_connected: 'No connection: nothing was sent. Try again when the light is green.',
    no_answer: 'The server did not answer: look whether it is done before trying again.',
    forbidden: 'Your key does not allow this. Ask the technician for the right one.',
    forbidden_face: 'This face is not yours. The technician adds it in the show file.',
    unknown_operator: 'The show file names you no more. See the technician.',
    unknown_scene: 'This source or scene is no longer in the show.',
    scene_in_use: 'This scene is on air, in preview or in another scene: take it off there first.',
    unknown_layer: 'This layer is no longer in the scene.',
    unknown_cue: 'This cue is no longer in the rundown.',
    unknown_macro: 'This macro is no longer there.',
    no_next_cue: 'The rundown is at its end: choose a cue, or add one.',
    no_cue_before: 'There is no cue before this one.',
    cue_taken: 'This number is taken: give another one.',
    macro_taken: 'This name is taken: give the macro another one.',
    recording_runs: 'A macro is being recorded already: end that first.',
    already_recording: 'This picture is being recorded already.',
    not_recorded: 'Nothing is being recorded.',
    unknown_view: 'This picture is no longer in the show.',
    too_many_recordings: 'Too many recordings at once: stop one.',
    not_recording: 'No macro is being recorded.',
    nothing_to_undo: 'There is nothing to undo.',
    nothing_to_redo: 'There is nothing to redo.',
    too_many_overlays: 'Too many overlays at once: take one off.',
    unknown_face: 'This face is no longer in the show.',
    no_question: 'Prepare a question first.',
    no_open_round: 'No question is open.',
    changed_since: 'Somebody changed it again since: take that newer step back first.',
    already_undone: 'This step is taken back already.',
    unknown_deed: 'There is no such step.',
    unknown_contribution: 'There is no such contribution.',
    retracted: 'Its table has withdrawn it: there is nothing to do.',
    not_held: 'It is not held.',
    own_hold: 'You held it yourself: somebody else looks at it a second time.',
    not_shown: 'The room does not see it: let it through or release it first.',
    unknown_theme: 'This theme is gone: somebody merged or undid it.',
    same_theme: 'A theme cannot be merged with itself.',
    empty_title: 'A theme needs a title.',
    too_many_named: 'At most 500 contributions at once.',
    too_many_themes: 'There are too many themes: merge some.',
    too_many_tensions: 'There are too many tensions: remove some.',
    unknown_tension: 'This tension is gone.',
    bad_sides: 'A tension has two sides that differ.',
    bad_term: 'Say which word, and what it becomes.',
    unknown_word: 'Nothing is said about this word any more.',
    nothing_named: 'Choose one contribution at least.',
    busy: 'The server is busy. Try again in a moment.',
    storage_failed: 'The disk no longer writes: tell the technician at once.',
  },
);

export interface Toast {
  id: number;
  kind: 'done' | 'fault';
  text: string;
  code: string;
}

const doneStays = 5000;
const most = 4;

export class Toasts {
  readonly list = new Observable<Toast[]>([]);
  #next = 1;

  done(text: string): void {
    const id = this.#add('done', text, '');
    setTimeout(() => this.close(id), doneStays);
  }

  // The sentence in this device's language when the code is known, else the server's own.
  fault(code: string, message: string): void {
    const known = words[language.get()] as Readonly<Record<string, string>>;
    this.#add('fault', known[code] ?? (message || code), code);
  }

  // Tells of a fault; gives back whether all went well.
  check(outcome: Outcome): boolean {
    if (!outcome.ok) this.fault(outcome.code, outcome.message);
    return outcome.ok;
  }

  close(id: number): void {
    this.list.set(this.list.get().filter((toast) => toast.id !== id));
  }

  #add(kind: Toast['kind'], text: string, code: string): number {
    const id = this.#next++;
    const others = this.list.get().filter((t) => t.text !== text || t.code !== code);
    this.list.set([...others, { id, kind, text, code }].slice(-most));
    return id;
  }
}

export function ToastList({ toasts }: { toasts: Toasts }) {
  const list = useObservable(toasts.list);
  const t = useWords(words);
  const items = (kind: Toast['kind']) =>
    list
      .filter((toast) => toast.kind === kind)
      .map((toast) => (
        <div key={toast.id} class={`toast ${kind}`}>
          <span class="sign" aria-hidden="true">
            {kind === 'done' ? '✓' : '!'}
          </span>
          <p>
            {toast.text} {toast.code && <code>{toast.code}</code>}
          </p>
          <button type="button" class="quiet" aria-label={t.close} onClick={() => toasts.close(toast.id)}>
            ✕
          </button>
        </div>
      ));
  return (
    <section class="toasts" aria-label={t.notes}>
      <div role="alert">{items('fault')}</div>
      <div role="status">{items('done')}</div>
    </section>
  );
}
