// The rehearsal script fits what a table may send, and is as varied as it says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const lines = readFileSync(new URL('../../../assets/script/logement-social.fr.txt', import.meta.url), 'utf8').split('\n');
const answers = lines.filter((line) => line !== '' && !line.startsWith('#'));
const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

test('a few hundred different answers under four questions', () => {
  assert.equal(lines.filter((line) => line.startsWith('# question: ')).length, 4);
  assert.ok(answers.length >= 320, `${answers.length} answers`);
  assert.deepEqual(answers.filter((line, at) => answers.indexOf(line) !== at), []);
});

test('each is one a table could send', () => {
  for (const line of answers) {
    assert.equal(line, line.trim().replace(/\s+/g, ' ').normalize('NFC'));
    assert.ok([...graphemes.segment(line)].length <= 140, `too long: ${line}`);
    assert.ok(line.split(' ').length <= 25, `too many words: ${line}`);
  }
});
