// Every command that people can send has its words, in both languages. The types hold that the lists are complete for the
// commands that the pages know; here, that the pages know all that the engine's table gives people.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandEn, commandFr } from '../../../assets/web/desk/producer/command-words';
import { movesEn, movesFr } from '../../../assets/web/shared/move-words';

const source = readFileSync(new URL('../../../engine/show/command.cpp', import.meta.url), 'utf8');
const rows = [...source.matchAll(/^ {4}\{"([a-z_]+)",\s*Durability::\w+,\s*(\{[^}]*\}|\w+)/gm)].map(([, kind = '', roles = '']) => ({ kind, roles }));
const forPeople = rows
  .filter(({ kind, roles }) => roles !== '{Role::machine}' && kind !== 'submit') // submit is a message of its own
  .map(({ kind }) => kind)
  .sort();

test('the table of commands is read', () => {
  assert.ok(forPeople.length > 60 && forPeople.includes('cut') && forPeople.includes('change_tables'), forPeople.join(' '));
  assert.ok(!forPeople.includes('submit') && !forPeople.includes('carry_on'));
});

for (const [name, words] of Object.entries({ commandFr, commandEn, movesFr, movesEn })) {
  test(`${name} has words for each, and no other`, () => {
    assert.deepEqual(Object.keys(words).sort(), forPeople);
    for (const [kind, said] of Object.entries(words)) assert.notEqual(typeof said === 'function' ? said('x') : said, '', kind);
  });
}
