// clang-tidy over every C++ file of the rooms. A file whose text, command, own headers and rules have not changed
// since it was last found clean is not looked at again.
// Arguments: parts of paths instead (tests are looked at only so: they are as many again, and slower).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, relative } from 'node:path';
import { includesOf, resolveInclude } from './includes.mjs';
import { read, root } from './tree.mjs';

const database = join(root, 'build/release');
const clean = join(root, 'build/tidy');
if (!existsSync(join(database, 'compile_commands.json'))) {
    console.error('tidy: build first (make build).');
    process.exit(1);
}
mkdirSync(clean, { recursive: true });

const asked = process.argv.slice(2);
const wanted = (path) => (asked.length ? asked.some((a) => path.includes(a)) : /^(engine|capture|displays)\//.test(path));
const commands = JSON.parse(readFileSync(join(database, 'compile_commands.json'), 'utf8'))
    .map((c) => ({ path: relative(root, c.file), command: c.command }))
    .filter((c) => !c.path.startsWith('build/') && wanted(c.path));

// The path and every own header it includes, directly or not.
function reach(path, seen = new Set()) {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const { name, quoted } of includesOf(read(path))) {
        const own = quoted && resolveInclude(path, name);
        if (own) reach(own, seen);
    }
    return seen;
}

function fingerprint({ path, command }) {
    const hash = createHash('sha256').update(command);
    for (const p of ['.clang-tidy', ...[...reach(path)].sort()]) hash.update(p).update(read(p));
    return hash.digest('hex');
}

function tidy(path) {
    // Compiler warnings are the build's business.
    const args = ['-p', database, '--quiet', '--extra-arg=-Wno-error', path];
    return new Promise((done) => {
        const child = spawn('clang-tidy', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
        let output = '';
        let trouble = '';
        child.stdout.on('data', (d) => (output += d));
        child.stderr.on('data', (d) => (trouble += d));
        child.on('error', (e) => done({ status: 1, output: `clang-tidy does not start (${e.message}).\n` }));
        // Its standard error counts suppressed warnings; worth showing only when nothing else explains a failure.
        child.on('close', (status) => done({ status, output: output || (status ? trouble : '') }));
    });
}

const waiting = commands.map((c) => ({ ...c, stamp: join(clean, fingerprint(c)) })).filter((c) => !existsSync(c.stamp));
const total = waiting.length;
let faulty = 0;
async function worker() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { status, output } = await tidy(next.path);
        if (status === 0) {
            writeFileSync(next.stamp, next.path);
        } else {
            ++faulty;
            process.stdout.write(output);
        }
    }
}
await Promise.all(Array.from({ length: availableParallelism?.() ?? cpus().length }, worker));
console.log(`tidy: ${commands.length} files, ${total} looked at, ${faulty} with faults`);
process.exit(faulty ? 1 : 0);
