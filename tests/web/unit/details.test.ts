// What outputs say is the machine's own sentence, and has a French one.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { detailIn, sentences } from '../../../assets/web/desk/stage/details';

const folder = new URL('../../../displays/', import.meta.url);
// Texts that the compiler joins are joined here too.
const source = readdirSync(folder).filter((name) => name.endsWith('.cpp')).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n').replace(/"\s*\n\s*"/g, '');

describe('details of outputs', () => {
  test('are in French, with what they name', () => {
    assert.equal(detailIn('fr', 'display HDMI-3 is not there'), 'L’écran HDMI-3 n’est pas branché.');
    assert.equal(detailIn('fr', '1920×1080, 2 readers'), '1920×1080, lecteurs\u00a0: 2');
    assert.equal(detailIn('fr', 'There is no view "multi (1)" in the show any more.'), 'Le spectacle n’a plus de vue «\u202fmulti (1)\u202f».');
    assert.equal(detailIn('en', 'display HDMI-3 is not there'), 'display HDMI-3 is not there');
  });
  test('stay as they came when they are others', () => {
    assert.equal(detailIn('fr', 'HDMI-1, 1920×1080'), 'HDMI-1, 1920×1080');
    assert.equal(detailIn('fr', 'Something new.'), 'Something new.');
  });
  test('are those that the machine says', () => {
    for (const [en] of sentences) assert.ok(source.includes(`"${en.replaceAll('"', '\\"')}"`), en);
  });
});
