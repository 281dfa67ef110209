// The words of one caption. What is typed goes on air by Enter, or when the field is left.
import type { Outcome } from '../../shared/connection';
import { useObservable, useWords } from '../../shared/hooks';
import { language } from '../../shared/i18n';
import { May, useMay } from '../../shared/may';
import type { Caption, CaptionTemplate, Command, DeskView } from '../../shared/protocol';
import { useTyped } from '../../shared/typed';
import { words } from './caption-words';
import { captionKey, labelIn, templateOf, titleOfCaption, wordsFor } from './captions';

interface Given {
  caption: Caption;
  view: DeskView;
  on: boolean;
  faces: readonly string[]; // that it is shown on; none: all
  where: string;
  send: (command: Command) => Promise<Outcome>;
  toggle: () => void;
}

export function CaptionEditor({ caption, view, on, faces, where, send, toggle }: Given) {
  const t = useWords(words);
  const lang = useObservable(language);
  const template = templateOf(view, caption);
  const title = titleOfCaption(caption, template);
  const set = (more: Omit<Extract<Command, { kind: 'set_caption' }>, 'kind' | 'name'>): void => void send({ kind: 'set_caption', name: caption.name, ...more });
  const may = useMay();
  const captions = view.captions ?? [];
  const at = captions.findIndex((one) => one.name === caption.name);
  const names = template?.fields.some((field) => field.name === 'name') === true;
  const people = view.setup.people ?? [];
  return (
    <div class="caption-editor" role="group" aria-label={t.words(title)}>
      <div class="keys">
        <button type="button" class="go" aria-pressed={on} onClick={toggle} {...may({ kind: 'show_caption', name: caption.name, on: !on, faces: [...faces] })}>
          <kbd>{captionKey}</kbd> {on ? t.hide : t.show}
        </button>
        <button type="button" aria-label={t.earlier(title)} disabled={at < 1} onClick={() => set({ before: captions[at - 1]?.name ?? '' })} {...may('set_caption')}>
          <span aria-hidden="true">↑</span>
        </button>
        <button type="button" aria-label={t.later(title)} disabled={at + 1 >= captions.length} onClick={() => set({ before: captions[at + 2]?.name ?? '' })} {...may('set_caption')}>
          <span aria-hidden="true">↓</span>
        </button>
        <button type="button" class="quiet" aria-label={t.remove(title)} disabled={on} onClick={() => void send({ kind: 'remove_caption', name: caption.name })} {...may('remove_caption')}>
          <span aria-hidden="true">✕</span>
        </button>
      </div>
      <p class="note">{t.showOn(where)}</p>
      <May do="set_caption">
        {template?.fields.map((field) => (
          <WordsField
            key={field.name}
            field={field}
            draft={`caption.${caption.name}.${field.name}`}
            label={labelIn(lang, field.label)}
            value={caption.words[field.name] ?? ''}
            long={field.name === 'text' || field.name === 'question'}
            list={field.name === 'name' && people.length > 0 ? 'people' : undefined}
            set={(text) => set({ words: wordsFor(view, caption, field.name, text) })}
          />
        ))}
        {names && people.length > 0 && (
          <datalist id="people">
            {people.map((person) => (
              <option key={person.name} value={person.name}>
                {person.role}
              </option>
            ))}
          </datalist>
        )}
        <label class="field">
          <span>{t.look}</span>
          <select value={caption.template} onChange={(event) => set({ template: event.currentTarget.value })}>
            {!template && <option value={caption.template}>{caption.template}</option>}
            {view.setup.caption_templates?.map((one) => (
              <option key={one.name} value={one.name}>
                {labelIn(lang, one.label)}
              </option>
            ))}
          </select>
        </label>
      </May>
    </div>
  );
}

interface FieldGiven {
  field: CaptionTemplate['fields'][number];
  draft: string;
  label: string;
  value: string;
  long: boolean;
  list: string | undefined;
  set: (text: string) => void;
}

function WordsField({ field, draft, label, value, long, list, set }: FieldGiven) {
  const t = useWords(words);
  const typed = useTyped(value, set, draft);
  const hint = field.usual === '' ? '' : t.usual(field.usual);
  return (
    <label class="field">
      <span>{label}</span>
      {long ? (
        <textarea rows={2} dir="auto" placeholder={hint} data-field={field.name} {...typed} />
      ) : (
        <input type="text" dir="auto" placeholder={hint} list={list} data-field={field.name} autocomplete="off" {...typed} />
      )}
    </label>
  );
}
