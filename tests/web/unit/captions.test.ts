import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeCaptionName, neighbour, readTime, titleOfCaption, templateOf, wordsFor } from '../../../assets/web/desk/producer/captions';
import { deskViewOf, opening } from '../support/mock-show';

const view = deskViewOf(opening(), 0, 0);
const [ana, karim, question, bell] = view.captions ?? [];

test('a length is minutes, min:s, h:min:s or seconds', () => {
  assert.equal(readTime('10'), 600_000);
  assert.equal(readTime(' 7:30 '), 450_000);
  assert.equal(readTime('1:02:00'), 3_720_000);
  assert.equal(readTime('90 s'), 90_000);
  for (const wrong of ['', '0', 'x', '1:', '-5', '1:2:3:4', '99999']) assert.equal(readTime(wrong), null, wrong);
});

test('a caption is called by its label, its first words, or its name', () => {
  assert.ok(ana && karim && question && bell);
  const titles = [ana, karim, question, bell].map((one) => titleOfCaption(one, templateOf(view, one)));
  assert.deepEqual(titles, ['Ana Duarte', 'Karim Benhaddou', 'La question', 'Changez de table']);
  assert.equal(titleOfCaption({ ...ana, words: {} }, templateOf(view, ana)), 'ana');
});

test('a person brings the role along, unless another was typed', () => {
  assert.ok(ana && question);
  assert.deepEqual(wordsFor(view, ana, 'name', 'Karim Benhaddou'), { name: 'Karim Benhaddou', role: 'Adjoint au logement' });
  assert.deepEqual(wordsFor(view, { ...ana, words: { role: 'Invitée' } }, 'name', 'Karim Benhaddou'), { name: 'Karim Benhaddou' });
  assert.deepEqual(wordsFor(view, ana, 'name', 'Quelqu’un'), { name: 'Quelqu’un' });
  assert.deepEqual(wordsFor(view, question, 'question', 'Ana Duarte'), { question: 'Ana Duarte' });
});

test('new names are free, and the list is a ring', () => {
  assert.equal(freeCaptionName(view, 'lower_third'), 'lower_third');
  assert.equal(freeCaptionName(view, 'ana'), 'ana-2');
  const captions = view.captions ?? [];
  assert.equal(neighbour(captions, 'cloche', 1)?.name, 'ana');
  assert.equal(neighbour(captions, 'ana', -1)?.name, 'cloche');
  assert.equal(neighbour(captions, null, 1)?.name, 'ana');
  assert.equal(neighbour([], null, 1), undefined);
});
