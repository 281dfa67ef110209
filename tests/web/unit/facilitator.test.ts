// What the facilitation desk decides without a page: order, filters, who looks at what, what Z takes back.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { between, countsOf, follow, lastOwn, lookers, noFilter, plain, queueOf, sameWords, urgency, windowOf } from '../../../assets/web/desk/facilitator/queue';
import type { Deed, FacilitatorContribution } from '../../../assets/web/shared/protocol';

let made = 0;
const said = (text: string, more: Partial<FacilitatorContribution> = {}): FacilitatorContribution => ({
  id: text, round: 1, part: 0, kind: 'idea', title: '', text, sequence: ++made, late: false, state: 'shown', hold: null, proposal: null, edited: false, theme: 0,
  theme_title: '', likes: 0, outcome: null, table: 3, language: 'fr', flags: [], sent: null, approved: false, proposal_declined: false, at_ms: 0, ...more,
});
const held = (by: string, review_wanted = false, confirmed_by = ''): Partial<FacilitatorContribution> => ({ state: 'held', hold: { reason: 'hate', note: '', by, review_wanted, confirmed_by } });
const texts = (list: readonly FacilitatorContribution[]): string[] => list.map((c) => c.text);

const list = [
  said('vu', { approved: true }), said('neuf'), said('lien', { flags: ['link'] }), said('machine', held('machine')), said('attend', { state: 'waiting' }),
  said('insulte', { state: 'waiting', flags: ['insult'] }), said('retenu', held('Anna', true)), said('rangé', { state: 'gathered', theme: 2 }), said('parti', { state: 'retracted' }),
];

describe('the queue', () => {
  test('has what waits first, what is flagged before the rest, and nothing a person is done with', () => {
    assert.deepEqual(texts(queueOf(list, noFilter)), ['insulte', 'attend', 'machine', 'lien', 'neuf']);
    assert.equal(urgency(said('x', { state: 'retracted', flags: ['insult'] })), 0);
  });
  test('narrows by look, kind, round, table, theme and words without their accents', () => {
    assert.deepEqual(texts(queueOf(list, { ...noFilter, look: 'held' })), ['machine', 'retenu']);
    assert.deepEqual(texts(queueOf(list, { ...noFilter, look: 'review' })), ['retenu']);
    assert.deepEqual(texts(queueOf([said('r', held('Anna', true, 'Bruno'))], { ...noFilter, look: 'review' })), []);
    assert.deepEqual(texts(queueOf(list, { ...noFilter, look: 'all', theme: 2 })), ['rangé']);
    assert.deepEqual(texts(queueOf(list, { ...noFilter, look: 'all', text: 'RANGE' })), ['rangé']);
    assert.deepEqual(texts(queueOf([said('a', { table: 0 }), said('b', { kind: 'means', round: 2 })], { ...noFilter, table: '0' })), ['a']);
    assert.deepEqual(texts(queueOf([said('a'), said('b', { kind: 'means', round: 2 })], { ...noFilter, kind: 'means', round: 2 })), ['b']);
    assert.deepEqual(countsOf(list), { unread: 5, all: 9, held: 2, review: 1, ungathered: 5 });
  });
  test('keeps the cursor, or puts it where the one that left was', () => {
    assert.equal(follow(['a', 'b'], 'b', 0), 'b');
    assert.equal(follow(['a', 'c'], 'b', 1), 'c');
    assert.equal(follow(['a'], 'b', 5), 'a');
    assert.equal(follow([], 'b', 0), null);
    assert.deepEqual(between(['a', 'b', 'c', 'd'], 'c', 'b'), ['b', 'c']);
  });
  test('draws only what is seen', () => {
    assert.deepEqual(windowOf(3000, 84, 8400, 840, 2), [98, 112]);
    assert.deepEqual(windowOf(3, 84, 0, 840, 2), [0, 3]);
  });
});

test('the same words are found whatever their accents and marks; what is held is not', () => {
  const same = sameWords([said('Un ascenseur !'), said('un  ASCENSEUR'), said('un àscenseur', held('Anna')), said('…'), said('!')]);
  assert.deepEqual([...same.keys()], ['Un ascenseur !', 'un  ASCENSEUR']);
  assert.equal(plain('  Œuvre, l’été  '), 'œuvre l ete');
});

test('others who look are told, oneself not, a namesake is', () => {
  const looking = (name: string, contribution: string | null, theme = 0) => ({ name, contribution, theme });
  const { contributions, themes, others } = lookers([looking('Anna', 'a'), looking('Bruno', 'a'), looking('Anna', 'a'), looking('Carl', null, 4)], 'Anna');
  assert.equal(contributions.get('a'), 'Bruno, Anna');
  assert.equal(themes.get(4), 'Carl');
  assert.equal(others.length, 3);
});

test('Z takes back the newest own step that stands, no undo and nothing of others', () => {
  const deed = (number: number, by: string, undoes = 0, undone_by = 0): Deed => ({ number, command: 'gather', by, at_ms: 0, undoes, undone_by, contributions: [], themes: [], tensions: [], terms: [] });
  assert.equal(lastOwn([deed(4, 'Bruno'), deed(3, 'Anna', 2), deed(2, 'Anna', 0, 3), deed(1, 'Anna')], 'Anna')?.number, 1);
  assert.equal(lastOwn([deed(4, 'Bruno')], 'Anna'), undefined);
});
