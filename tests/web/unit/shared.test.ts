// The pure parts of the pages.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clipPoint, remaining } from '../../../assets/web/shared/clips';
import { age, clock } from '../../../assets/web/shared/format';
import { uuid7 } from '../../../assets/web/shared/ids';
import { PaceKeeper } from '../../../assets/web/shared/pace';
import { parsePicture } from '../../../assets/web/shared/pictures';
import { pictureKinds } from '../../../assets/web/shared/protocol';
import type { OpenRound } from '../../../assets/web/shared/protocol';
import { countdown, elapsed, standingWarning, stands, timeLeft } from '../../../assets/web/shared/rounds';
import { refusal, type Rights } from '../../../assets/web/shared/rights';
import { reasonIn } from '../../../assets/web/shared/reasons';
import { retryDelay } from '../../../assets/web/shared/retry';
import { numbers } from '../../../assets/web/desk/show/numbers';
import { actionOf, faceKeys } from '../../../assets/web/desk/producer/keys';
import { left, oneLine } from '../../../assets/web/room/text';

describe('a UUID made on a device', () => {
  test('is version 7, variant 1, and sorts by its time', () => {
    const random = new Uint8Array(16).fill(0xff);
    const id = uuid7(0x0190_1234_5678, random);
    assert.equal(id, '01901234-5678-7fff-bfff-ffffffffffff');
    assert.ok(uuid7(1_700_000_000_000) < uuid7(1_700_000_000_001));
  });
  test('differs from any other', () => {
    assert.equal(new Set(Array.from({ length: 1000 }, () => uuid7(1))).size, 1000);
  });
});

describe('the wait before the next try', () => {
  test('doubles from a quarter of a second to five, the upper half at random', () => {
    for (let attempt = 1; attempt < 40; attempt++) {
      const ceiling = Math.min(5000, 250 * 2 ** attempt);
      assert.equal(retryDelay(attempt, 0, () => 0), ceiling / 2);
      assert.ok(retryDelay(attempt, 0, () => 0.999) < ceiling);
    }
  });
  test('is spread over the slot of the server at first', () => {
    assert.equal(retryDelay(0, 4000, () => 0.5), 2000);
    assert.equal(retryDelay(0, 0, () => 1), 250);
  });
});

describe('a round', () => {
  const round: OpenRound = {
    number: 1, question: '', language: 'fr', parts: [], started_ms: 10_000, length_ms: 180_000, paused_ms: 0, paused_since_ms: null, close_at_end: false,
  };
  test('has the time left that its length says, pauses left out', () => {
    assert.equal(timeLeft(round, 70_000), 120_000);
    assert.equal(timeLeft({ ...round, paused_ms: 5000 }, 70_000), 125_000);
    assert.equal(timeLeft({ ...round, paused_since_ms: 40_000 }, 70_000), 150_000);
    assert.equal(timeLeft({ ...round, length_ms: null }, 70_000), null);
    assert.equal(elapsed(round, 9000), 0);
  });
  test('shows the last second until the last moment, then what is over', () => {
    assert.deepEqual([60_000, 59_001, 1, 0, -999, -1000, -61_000].map(countdown), ['1:00', '1:00', '0:01', '0:00', '0:00', '+0:01', '+1:01']);
  });
  test('is warned of when it is due, for a while', () => {
    const at = (now: number): number | null => standingWarning(round, [120, 60, 600], now);
    assert.deepEqual([69_999, 70_000, 84_999, 85_000, 130_000, 10_000].map(at), [null, 120, 120, null, 60, null]);
  });
  test('a notice stands for its time', () => {
    const notice = { text: 'x', at_ms: 100, length_ms: 50, on_faces: false };
    assert.deepEqual([99, 100, 149, 150].map((now) => stands(notice, now)), [false, true, true, false]);
    assert.equal(stands(null, 0), false);
  });
  test('people are written as numbers and ranges', () => {
    assert.deepEqual(numbers('12, 3  40–42;x 12 0'), [3, 12, 40, 41, 42]);
    assert.deepEqual(numbers(''), []);
  });
});

describe('a clip', () => {
  const s = 1e9;
  const t = {
    motion: 'playing', position: 2 * s, since: 100 * s, speed: 1, in: 1 * s, out: null as number | null, loop: false, at_end: 'hold', next: '',
    play_on_take: false, duration: 10 * s,
  } as const;
  test('stands where its transport says, as in the engine', () => {
    assert.deepEqual(clipPoint(t, 103 * s), { state: 'playing', position: 5 * s });
    assert.deepEqual(clipPoint({ ...t, speed: 2 }, 103 * s), { state: 'playing', position: 8 * s });
    assert.deepEqual(clipPoint(t, 108 * s), { state: 'ended', position: 10 * s - 1 });
    assert.deepEqual(clipPoint({ ...t, at_end: 'stop' }, 109 * s), { state: 'cued', position: 1 * s });
    assert.deepEqual(clipPoint({ ...t, loop: true }, 110 * s), { state: 'playing', position: 3 * s });
    assert.deepEqual(clipPoint({ ...t, motion: 'paused' }, 110 * s), { state: 'paused', position: 2 * s });
    assert.deepEqual(clipPoint({ ...t, out: 4 * s }, 103 * s), { state: 'ended', position: 4 * s - 1 });
    assert.deepEqual(clipPoint(t, 99 * s), { state: 'playing', position: 2 * s });
  });
  test('tells how long it goes on', () => {
    assert.equal(remaining(t, 103 * s), 5000);
    assert.equal(remaining({ ...t, speed: 2 }, 103 * s), 1000);
    assert.equal(remaining({ ...t, loop: true }, 110 * s), 7000);
    assert.equal(remaining({ ...t, duration: 0 }, 103 * s), 0);
  });
});

describe('a picture', () => {
  const bytes = (...all: number[]): ArrayBuffer => new Uint8Array(all).buffer;
  test('tells its kind, name and number', () => {
    const picture = parsePicture(bytes(1, 0, 2, 0xc3, 0xa9, 0, 1, 0, 2, 0xff, 0xd8));
    assert.deepEqual({ ...picture, jpeg: [...(picture?.jpeg ?? [])] }, { kind: 'face', name: 'é', number: 65538, jpeg: [0xff, 0xd8] });
    pictureKinds.forEach((kind, at) => assert.equal(parsePicture(bytes(1, at, 1, 65, 0, 0, 0, 1))?.kind, kind));
  });
  test('of another form is none', () => {
    assert.equal(parsePicture(bytes()), null);
    assert.equal(parsePicture(bytes(2, 0, 0, 0, 0, 0, 1)), null);
    assert.equal(parsePicture(bytes(1, pictureKinds.length, 0, 0, 0, 0, 1)), null);
    assert.equal(parsePicture(bytes(1, 0, 9, 0, 0, 0, 1)), null);
  });
});

describe('the pace of live pictures', () => {
  test('falls at once when answers wait behind pictures, and rises slowly', () => {
    const keeper = new PaceKeeper();
    assert.equal(keeper.tripped(150), false, 'a long line is not a full one');
    assert.equal(keeper.pace.fps, 10);
    assert.equal(keeper.tripped(700), true);
    assert.equal(keeper.tripped(900), true);
    const low = keeper.pace;
    assert.ok(low.fps <= 3 && low.widest <= 320);
    let trips = 0;
    while (!keeper.tripped(160)) trips++;
    assert.ok(trips >= 4 && keeper.pace.fps > low.fps);
    assert.equal(new PaceKeeper().tripped(2000), true, 'also when no trip was short before');
    for (let i = 0; i < 20; i++) keeper.tripped(5000);
    assert.ok(keeper.pace.fps > 0, 'never to nothing');
  });
});

describe('an answer', () => {
  const limits = { text_code_points: 280, text_clusters: 140, message_bytes: 4096, in_flight: 8 };
  test('is one line', () => assert.equal(oneLine('  un\n deux\t\r\ntrois '), 'un deux trois'));
  test('is counted as people see it', () => {
    assert.equal(left('', limits), 140);
    assert.equal(left(' é ', limits), 139);
    assert.equal(left('👩‍👩‍👧', limits), 139);
    assert.equal(left('👩‍👩‍👧'.repeat(60), limits), -20, 'code points run out first');
  });
});

describe('why a source is not live', () => {
  const large = 'Its pictures are larger than 36 million pixels: scale it down.';
  test('is said in the language of the page, with its detail', () => {
    assert.equal(reasonIn('fr', 'too_large', large), 'Ses images dépassent 36 millions de pixels\u00a0: réduisez-les.');
    assert.equal(reasonIn('en', 'too_large', large), large);
    assert.equal(reasonIn('fr', '', 'It is being opened.'), 'Elle s’ouvre.');
  });
  test('stays as it came when the list does not have it', () => {
    assert.equal(reasonIn('fr', 'brand_new', 'Something new.'), 'Something new.');
    assert.equal(reasonIn('fr', 'stalled', 'Something new.'), 'Something new.');
    assert.equal(reasonIn('fr', 'too_large', 'Something new.'), 'Something new.');
    assert.equal(reasonIn('fr', 'stalled', ''), '');
  });
});

describe('the keys of the production desk', () => {
  const faces = ['north', 'east', 'south', 'west'];
  test('are the first letters of the faces, in each language, never one already taken', () => {
    assert.deepEqual(faceKeys(['Nord', 'Est', 'Sud', 'Ouest']), ['N', 'E', 'S', 'O']);
    assert.deepEqual(faceKeys(['North', 'East', 'South', 'West']), ['N', 'E', 'S', 'W']);
    assert.deepEqual(faceKeys(['Foyer', 'Fond', 'F']), ['O', 'N', 'F3']);
  });
  test('of faces leave those of panels alone', () => {
    assert.deepEqual(faceKeys(['Ciel'], ['C']), ['E']); // I brings captions on
  });
  test('do what is written on them', () => {
    const keys = ['N', 'E', 'S', 'O'];
    assert.deepEqual(actionOf({ code: 'Digit9', key: 'ç' }, faces, keys), { do: 'source', at: 8, other: false });
    assert.deepEqual(actionOf({ code: 'Digit2', key: '2', shiftKey: true }, faces, keys), { do: 'source', at: 1, other: true });
    assert.deepEqual(actionOf({ code: 'Space', key: ' ' }, faces, keys), { do: 'take', cut: true });
    assert.deepEqual(actionOf({ code: 'NumpadEnter', key: 'Enter' }, faces, keys), { do: 'take', cut: false });
    assert.deepEqual(actionOf({ code: 'KeyB', key: 'b' }, faces, keys), { do: 'black' });
    assert.deepEqual(actionOf({ code: 'KeyO', key: 'o' }, faces, keys), { do: 'target', face: 'west' });
    assert.deepEqual(actionOf({ code: 'F2', key: 'F2' }, faces, keys), { do: 'target', face: 'east' });
    assert.deepEqual(actionOf({ code: 'F5', key: 'F5' }, faces, keys), null);
    assert.deepEqual(actionOf({ code: 'Semicolon', key: 'm' }, faces, keys), { do: 'wall', placement: 'full' });
    assert.deepEqual(actionOf({ code: 'KeyC', key: 'c' }, faces, keys, ['C']), { do: 'panel', key: 'C' });
    assert.deepEqual(actionOf({ code: 'Comma', key: '?' }, faces, keys), { do: 'keys' });
    assert.deepEqual(actionOf({ code: 'Escape', key: 'Escape' }, faces, keys), { do: 'target', face: null });
    assert.equal(actionOf({ code: 'Tab', key: 'Tab' }, faces, keys), null);
  });
});

describe('figures', () => {
  test('are for people', () => {
    assert.equal(clock(75_400), '1:15');
    assert.equal(clock(3_675_000), '1:01:15');
    assert.equal(clock(-5), '0:00');
    assert.equal(age(-1, 'fr'), '–');
    assert.equal(age(1234, 'fr'), '1,2 s');
    assert.equal(age(1234, 'en'), '1.2 s');
  });
});

describe('rights', () => {
  const rights = (may: string[] | null, faces: string[] = []): Rights => ({ name: 'n', role: 'producer', may: may && new Set(may), faces });
  test('refuse what the server would refuse', () => {
    assert.equal(refusal(rights(null), 'take'), null, 'not told: nothing is off');
    assert.equal(refusal(rights([]), 'take'), 'forbidden');
    assert.equal(refusal(rights(['take']), { kind: 'take', faces: [] }), null);
    assert.equal(refusal(rights(['take'], ['north']), { kind: 'take', faces: [] }), 'forbidden_face', 'no face named is all of them');
    assert.equal(refusal(rights(['take'], ['north']), { kind: 'take', faces: ['north'] }), null);
    assert.equal(refusal(rights(['show_caption'], ['north']), { kind: 'show_caption', name: 'a', on: true }), 'forbidden_face');
    assert.equal(refusal(rights(['swap_faces'], ['north']), { kind: 'swap_faces', one: 'north', other: 'east' }), 'forbidden_face');
    assert.equal(refusal(rights(['go'], ['north']), 'go'), null, 'what is not about faces was given by name');
  });
});
