// What a vote's choices are called.
import type { Poll } from '../shared/protocol';
import type { SaidWords } from './said-words';

export function choiceOf(s: SaidWords, poll: Poll, choice: number): string {
  if (poll.poll_kind === 'yes_no') return choice === 0 ? s.yes : s.no;
  if (poll.poll_kind !== 'scale') return poll.options[choice] ?? '';
  const end = choice === 0 ? poll.options[0] : choice === poll.choices - 1 ? poll.options[1] : undefined;
  return end ? `${choice + 1} – ${end}` : String(choice + 1);
}
