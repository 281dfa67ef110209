// What is being typed, kept on each pause and when the page goes away. It carries the id of the answer that it
// will become: if the page dies between "kept" and clearing the draft, the next page sees that it was sent.
import { uuid7 } from '../shared/ids';
import { keep, recall } from '../shared/storage';
import type { ContributionKind } from '../shared/protocol';
import type { Epoch } from './outbox';

export interface Draft {
  id: string;
  text: string;
  title: string; // may be empty
  round: number; // the round it was begun in, 0 while none
  kind: ContributionKind;
  part: number; // the sub-question it answers, 0: the whole
  epoch: Epoch;
}

const slot = (table: number): string => `draft:${table}`;

export const emptyDraft = (): Draft => ({ id: uuid7(), text: '', title: '', round: 0, kind: 'idea', part: 0, epoch: '' });

export function recallDraft(table: number): Draft {
  try {
    const kept = JSON.parse(recall(slot(table)) ?? 'null') as Partial<Draft> | null;
    if (kept && typeof kept.text === 'string' && typeof kept.id === 'string') {
      return { id: kept.id, text: kept.text, title: typeof kept.title === 'string' ? kept.title : '', round: Number(kept.round) || 0, kind: kept.kind ?? 'idea', part: Number(kept.part) || 0, epoch: kept.epoch ?? '' };
    }
  } catch {
    // What cannot be read is no draft.
  }
  return emptyDraft();
}

export const keepDraft = (table: number, draft: Draft): boolean =>
  keep(slot(table), draft.text === '' && draft.title === '' ? null : JSON.stringify(draft));
