// The pure parts of tables' and phones' pages: what is said again until it is taken, ballots, a list that holds still.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bars, dotted, dotsLeft, mean, moved, toggled } from '../../../assets/web/room/ballot';
import { doubts } from '../../../assets/web/desk/show/doubts';
import { fewLeft, steady } from '../../../assets/web/room/steady';
import { Casts, isWaiting, lastOf } from '../../../assets/web/shared/casts';
import type { Link, Outcome } from '../../../assets/web/shared/connection';
import { Observable } from '../../../assets/web/shared/observable';
import type { Command, OwnCommand, Poll, ShortContribution, Welcome } from '../../../assets/web/shared/protocol';

const done: Outcome = { ok: true, code: '', message: '' };
const refusal = (code: string): Outcome => ({ ok: false, code, message: code });

// A line whose answers a test gives.
class Line {
  readonly link = new Observable<Link>('open');
  readonly welcome = new Observable<Welcome | null>(null);
  readonly sent: { command: Command; answer: (outcome: Outcome) => Promise<void> }[] = [];
  command(command: Command): Promise<Outcome> {
    return new Promise((resolve) => {
      this.sent.push({
        command,
        answer: async (outcome) => {
          resolve(outcome);
          await Promise.resolve();
          await Promise.resolve();
        },
      });
    });
  }
  greet(epoch: string): void {
    this.welcome.set({ type: 'welcome', proto: 1, role: 'audience', epoch, show_ms: 0, limits: { text_code_points: 1, text_clusters: 1, message_bytes: 1, in_flight: 8 }, retry_slot_ms: 0 });
  }
}
function store(text: string | null = null) {
  return { text, read: () => text, write(next: string) { text = next; this.text = next; } };
}
const like = (on: boolean, contribution = 'a'): OwnCommand => ({ kind: 'like', contribution, on });
const vote = (...marks: number[]): OwnCommand => ({ kind: 'vote', poll: 1, marks });

describe('what a device says', () => {
  test('is kept, sent, and known as taken', async () => {
    const line = new Line();
    const kept = store();
    const casts = new Casts(line, kept);
    casts.say(like(true));
    assert.equal(isWaiting(casts.all.get(), 'like/a'), true);
    assert.equal(lastOf(casts.all.get(), 'like/a', 'like')?.on, true);
    await line.sent[0]?.answer(done);
    assert.equal(isWaiting(casts.all.get(), 'like/a'), false);
    assert.equal(lastOf(new Casts(new Line(), kept).all.get(), 'like/a', 'like')?.on, true);
  });

  test('without a line waits for one, and only the last word goes out', () => {
    const line = new Line();
    line.link.set('waiting');
    const kept = store();
    const casts = new Casts(line, kept);
    casts.say(vote(0));
    casts.say(vote(2));
    assert.equal(line.sent.length, 0);
    const again = new Line();
    again.link.set('waiting');
    new Casts(again, kept);
    again.link.set('open');
    assert.deepEqual(again.sent.map(({ command }) => command), [vote(2)]);
  });

  test('while one is under way waits for its answer, so that the last word comes last', async () => {
    const line = new Line();
    const casts = new Casts(line, store());
    casts.say(vote(0));
    casts.say(vote(1));
    assert.equal(line.sent.length, 1);
    await line.sent[0]?.answer(done);
    assert.deepEqual(line.sent.map(({ command }) => command), [vote(0), vote(1)]);
    await line.sent[1]?.answer(done);
    assert.deepEqual(casts.all.get().get('vote/1'), { said: vote(1), wanted: null });
  });

  test('is taken back when it is refused, and told', async () => {
    const line = new Line();
    const casts = new Casts(line, store());
    const told: string[] = [];
    casts.onRefused((_, { code }) => told.push(code));
    casts.say(vote(0));
    await line.sent[0]?.answer(done);
    casts.say(vote(1));
    await line.sent[1]?.answer(refusal('poll_closed'));
    assert.deepEqual(lastOf(casts.all.get(), 'vote/1', 'vote')?.marks, [0]);
    assert.deepEqual(told, ['poll_closed']);
  });

  test('is not refused by a line that broke: it goes out again', async () => {
    const line = new Line();
    const casts = new Casts(line, store());
    casts.say(like(true));
    line.link.set('waiting');
    await line.sent[0]?.answer(refusal('no_answer'));
    line.link.set('open');
    assert.deepEqual(line.sent.map(({ command }) => command), [like(true), like(true)]);
    await line.sent[1]?.answer(done);
  });

  test('a few at a time', async () => {
    const line = new Line();
    const casts = new Casts(line, store());
    for (const id of 'abcdefg') casts.say(like(true, id));
    assert.equal(line.sent.length, 4);
    await line.sent[0]?.answer(done);
    assert.equal(line.sent.length, 5);
  });

  test('of its own words is not remembered once taken, and a second withdrawal is one', async () => {
    const line = new Line();
    const casts = new Casts(line, store());
    casts.say({ kind: 'revise', contribution: 'a', text: 'x', title: '' });
    await line.sent[0]?.answer(done);
    casts.say({ kind: 'retract', contribution: 'a' });
    await line.sent[1]?.answer(refusal('retracted'));
    assert.equal(casts.all.get().size, 0);
  });

  test('means nothing in another show', () => {
    const line = new Line();
    const casts = new Casts(line, store());
    line.greet('one');
    casts.say(like(true));
    line.greet('one');
    assert.equal(casts.all.get().size, 1);
    line.greet('two');
    assert.equal(casts.all.get().size, 0);
  });

  test('survives a store that holds nonsense', () => {
    assert.equal(new Casts(new Line(), store('{"casts":7')).all.get().size, 0);
    assert.equal(new Casts(new Line(), store('{"casts":7}')).all.get().size, 0);
  });
});

const poll = (poll_kind: Poll['poll_kind'], marks: number[] = [], voices = 0): Poll => ({
  number: 1, poll_kind, text: '', options: ['a', 'b', 'c'], dots: 3, steps: 3, open: true, closed: false, results: true, choices: 3,
  tally: { marks, voices, changed: 0, most_in_second: 0 },
});

describe('a ballot', () => {
  test('is changed by the finger', () => {
    assert.deepEqual(toggled(toggled([], 2), 0), [2, 0]);
    assert.deepEqual(toggled([2, 0], 2), [0]);
    assert.deepEqual(moved([2, 0, 1], 2, -1), [2, 1, 0]);
    assert.deepEqual(moved([2, 0], 0, -1), [2, 0]);
    assert.deepEqual(moved([2, 0], 1, 1), [2, 0]);
  });
  test('gives no more dots than there are, and takes none that are not there', () => {
    const p = poll('dots');
    const full = dotted(p, dotted(p, dotted(p, [], 0, 1), 0, 1), 2, 1);
    assert.deepEqual(full, [2, 0, 1]);
    assert.equal(dotsLeft(p, full), 0);
    assert.deepEqual(dotted(p, full, 1, 1), full);
    assert.deepEqual(dotted(p, full, 1, -1), full);
  });
  test('gives results as shares of the longest, and percents of voices', () => {
    assert.deepEqual(bars(poll('single', [3, 1, 0], 4)).map(({ share, percent }) => [share, percent]), [[1, 75], [1 / 3, 25], [0, 0]]);
    assert.deepEqual(bars(poll('dots', [6, 3, 0], 3)).map(({ share, percent }) => [share, percent]), [[1, null], [0.5, null], [0, null]]);
    assert.deepEqual(bars(poll('single')).map(({ share, percent }) => [share, percent]), [[0, 0], [0, 0], [0, 0]]);
    assert.equal(mean(poll('scale', [1, 0, 3], 4)), 2.5);
    assert.equal(mean(poll('scale')), null);
  });
});

describe('a list of what is said', () => {
  const said = (...ids: string[]): ShortContribution[] => ids.map((id) => ({ id, table: 1, round: 1, kind: 'idea', title: '', text: id, theme: 0, likes: 0 }));
  const ids = (list: readonly ShortContribution[]): string => list.map(({ id }) => id).join('');
  test('flows while nobody is at it', () => {
    const { list, waiting } = steady(said('c', 'b', 'a'), said('d', 'c', 'b', 'a'), false);
    assert.deepEqual([ids(list), waiting], ['dcba', 0]);
  });
  test('holds still under the finger, with what is new behind a button', () => {
    const { list, waiting } = steady(said('d', 'c', 'b', 'a'), said('f', 'e', 'd', 'c', 'b', 'a'), true);
    assert.deepEqual([ids(list), waiting], ['dcba', 2]);
  });
  test('loses at once what the room no longer shows, and has the newest likes', () => {
    const now = said('f', 'e', 'd', 'c', 'a');
    for (const one of now) one.likes = 7;
    const { list } = steady(said('e', 'd', 'c', 'b', 'a'), now, true);
    assert.deepEqual([ids(list), list[0]?.likes], ['edca', 7]);
  });
  test('begins anew when little of it is left', () => {
    const { list, waiting } = steady(said('b', 'a'), said('h', 'g', 'f', 'e', 'b', 'a'), true);
    assert.ok(fewLeft > 2);
    assert.deepEqual([ids(list), waiting], ['hgfeba', 0]);
  });
});

describe('a vote that looks wrong', () => {
  const tally = (voices: number, changed = 0, most_in_second = 1): Poll['tally'] => ({ marks: [], voices, changed, most_in_second });
  test('is one whose votes change too often, come at once, or are more than there are devices', () => {
    assert.deepEqual(doubts(tally(40, 41), 100), ['changed']);
    assert.deepEqual(doubts(tally(100, 0, 60), 100), ['burst']);
    assert.deepEqual(doubts(tally(201), 100), ['voices']);
  });
  test('is none in a room that votes as rooms do', () => {
    assert.deepEqual(doubts(tally(120, 30, 25), 100), []);
    assert.deepEqual(doubts(tally(6, 12, 6), 1), [], 'a handful of votes says nothing');
    assert.deepEqual(doubts(null, 0), []);
  });
});
