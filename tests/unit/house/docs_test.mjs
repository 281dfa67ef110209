// What the guides say is so: the shows they print load, the commands they name exist, their links lead somewhere.
// TRIBUNE names the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const guides = ['README.md', ...readdirSync(join(root, 'docs')).filter((f) => f.endsWith('.md')).map((f) => `docs/${f}`)];
const read = (file) => readFileSync(join(root, file), 'utf8');

function tribune(...words) {
    const { status, stdout, stderr } = spawnSync(process.env.TRIBUNE, words, { encoding: 'utf8' });
    return { status, stdout, said: stdout + stderr };
}

test('docs/show-file.md is what the program prints', () => {
    assert.equal(read('docs/show-file.md'), tribune('show-reference').stdout, 'run: build/release/tribune show-reference > docs/show-file.md');
});

test('docs/osc.md is what the program prints', () => {
    assert.equal(read('docs/osc.md'), tribune('osc-reference').stdout, 'run: build/release/tribune osc-reference > docs/osc.md');
});

test('docs/captions.md is what the program prints', () => {
    assert.equal(read('docs/captions.md'), tribune('caption-reference').stdout, 'run: build/release/tribune caption-reference > docs/captions.md');
});

test('the shows that come with it load', () => {
    for (const file of readdirSync(join(root, 'assets/shows')).filter((f) => f.endsWith('.toml'))) {
        const { status, said } = tribune('check', join(root, 'assets/shows', file));
        assert.equal(status, 0, said);
    }
});

test('the pieces of a show file in README and the operators\' guide load', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tribune-docs-'));
    try {
        for (const guide of ['README.md', 'docs/operators.md']) {
            const pieces = [...read(guide).matchAll(/^( *)```toml\n([^]*?)^ *```/gm)].map((m) => m[2]);
            assert.ok(pieces.length > 0, guide);
            for (const piece of pieces) {
                const file = join(folder, 'show.toml');
                const source = piece.includes('[[source]]') ? '' : '\n[[source]]\nname = "a"\nurl = "lavfi:testsrc2"\n';
                writeFileSync(file, piece + source);
                const { status, said } = tribune('check', file);
                assert.equal(status, 0, `${guide}: ${said}\n${piece}`);
            }
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('the commands and options in README and the operators\' guide exist', () => {
    let found = 0;
    for (const guide of ['README.md', 'docs/operators.md']) {
        const code = [...read(guide).matchAll(/```[^]*?```|`[^`]+`/g)].map((m) => m[0]).join('\n');
        for (const [line, command] of code.matchAll(/\btribune ([a-z][a-z-]*)[^\n`]*/g)) {
            const { status, said } = tribune(command, '--help');
            assert.equal(status, 0, `${guide}: ${line}`);
            assert.match(said, new RegExp(`tribune ${command} `), `${guide}: there is no command ${command}`);
            for (const [option] of line.matchAll(/--[a-z-]+/g)) assert.match(said, new RegExp(`${option}\\b`), `${guide}: ${line}`);
            found++;
        }
    }
    assert.ok(found > 4);
});

test('every link leads to a file', () => {
    for (const guide of guides) {
        for (const [, to] of read(guide).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
            assert.ok(existsSync(join(root, dirname(guide), to)), `${guide} names ${to}`);
        }
    }
});
