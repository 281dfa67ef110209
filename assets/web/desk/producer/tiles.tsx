// Live pictures that can be pressed: faces to choose where a cut goes, sources to cut to.
import type { ComponentChildren } from 'preact';
import { useObservable, useWords } from '../../shared/hooks';
import { age } from '../../shared/format';
import { language } from '../../shared/i18n';
import type { Lock } from '../../shared/may';
import { called, gradeOfSource, gradeSigns, names } from '../../shared/names';
import { useLive, type Pictures } from '../../shared/pictures';
import type { PictureKind, SourceHealth } from '../../shared/protocol';
import { reasonIn } from '../../shared/reasons';
import { words } from './words';

interface LiveProps {
  pictures: Pictures;
  kind: PictureKind;
  name: string;
  children?: ComponentChildren;
}

export function Live({ pictures, kind, name, children }: LiveProps) {
  const canvas = useLive(pictures, kind, name);
  const t = useWords(words);
  return (
    <span class="live">
      <canvas ref={canvas} width={320} height={180} aria-hidden="true" />
      <span class="stale">{t.stale}</span>
      {children}
    </span>
  );
}

interface FaceProps {
  pictures: Pictures;
  name: string;
  shortcut: string;
  chosen: boolean;
  own: string | null; // label of the source it holds
  placement: string;
  onPress: (also: boolean) => void; // also: beside those chosen already
}

export function FaceTile({ pictures, name, shortcut, chosen, own, placement, onPress }: FaceProps) {
  const t = useWords(words);
  const n = useWords(names);
  return (
    <button type="button" class={`tile face ${name}`} aria-pressed={chosen} data-face={name} onClick={(event) => onPress(event.shiftKey || event.ctrlKey)}>
      <Live pictures={pictures} kind="face" name={name} />
      <span class="caption">
        <kbd>{shortcut}</kbd>
        <span class="name">{called(n, name)}</span>
        <span class={own === null ? 'what' : 'what own'} aria-hidden="true" title={own === null ? t.follows : t.holds(own)}>
          {own ?? t.asProgram}
        </span>
      </span>
      <span class="hidden">
        {own === null ? t.follows : t.holds(own)}, {t.wall} : {called(n, placement)}
      </span>
    </button>
  );
}

interface SourceProps {
  pictures: Pictures;
  name: string;
  label: string;
  number: number;
  onAir: boolean;
  onPreview: boolean;
  faces: readonly string[]; // words for the faces that hold it
  pending: boolean;
  health: SourceHealth | undefined;
  frameAge: number; // milliseconds, -1 = none yet
  lock: Lock;
  onPress: (other: boolean) => void; // other: Shift was held
}

export function SourceTile(props: SourceProps) {
  const t = useWords(words);
  const n = useWords(names);
  const lang = useObservable(language);
  const state = props.health?.state ?? 'unknown';
  const grade = props.health ? gradeOfSource(state) : 'warn';
  const look = ['tile', 'source', props.onAir ? 'air' : '', props.onPreview ? 'next' : '', props.pending ? 'pending' : ''].join(' ');
  const press = (event: MouseEvent): void => {
    // Pressed by hand it gives the focus back, so that Space takes and does not press it again.
    if (event.detail > 0) (event.currentTarget as HTMLElement).blur();
    props.onPress(event.shiftKey);
  };
  return (
    <button type="button" class={look} data-source={props.name} aria-busy={props.pending} onClick={press} {...props.lock}>
      <Live pictures={props.pictures} kind="source" name={props.name}>
        {props.onAir && <span class="tag air">{t.onAir}</span>}
        {props.onPreview && !props.onAir && <span class="tag next">{t.onPreview}</span>}
        {props.faces.length > 0 && <span class="tag held">{t.onFace(props.faces.join(', '))}</span>}
        {props.pending && <span class="tag wait">{t.pending}</span>}
      </Live>
      <span class="caption">
        {props.number <= 9 && <kbd>{props.number}</kbd>}
        <span class="name">{props.label}</span>
      </span>
      <span class={`health ${grade}`} title={props.health ? reasonIn(lang, props.health.code, props.health.reason) : ''}>
        <span aria-hidden="true">{gradeSigns[grade]}</span> {called(n, state)}
        <span class="age">
          {props.frameAge < 0 ? (
            t.noPicture
          ) : (
            <>
              <span class="hidden">{t.age} </span>
              {age(props.frameAge, lang)}
            </>
          )}
        </span>
      </span>
    </button>
  );
}
