// Runs every benchmark, writes build/bench/NAME.json and prints one table. Arguments: parts of names (none means all),
// then, behind `--`, options for the scripts among them. tools/bench/figures.mjs makes docs/figures.md of the JSON.
//
// A benchmark is a program bench_* of the release build, or a script tests/bench/*.mjs or *.sh. It prints JSON on
// standard output, one object a line: {"what": "…", "value": 3.2, "unit": "ms", "bar": 5, "better": "less"}.
// `bar` and `better` ("less" or "more") are for figures that must hold. `curve` and `x` make it a point of a curve of cost
// against size, which must be linear or better. Figures of one `group` are plotted together. An object without `what` is
// taken as one figure for each of its numbers. What is not JSON is shown as it is, after the table.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { basename, extname, join } from 'node:path';
import { powers } from './curves.mjs';
import { executables } from './executables.mjs';
import { holds, shown } from './report.mjs';
import { paths, root } from '../house/tree.mjs';

const runners = { '.mjs': 'node', '.sh': 'bash' };
const limitMs = 15 * 60 * 1000;

const words = process.argv.slice(2);
const split = words.includes('--') ? words.indexOf('--') : words.length;
const [only, options] = [words.slice(0, split), words.slice(split + 1)];

const scripts = paths()
    .filter((p) => /^tests\/bench\/[^/]+$/.test(p) && runners[extname(p)])
    .map((p) => ({ name: basename(p, extname(p)), command: [runners[extname(p)], p, ...options] }));
const programs = executables(join(root, 'build/release'), /^bench_\w+$/).map((p) => ({ name: basename(p), command: [p] }));

function figures(output) {
    return output.split('\n').filter((line) => line.startsWith('{')).flatMap((line) => {
        const object = JSON.parse(line);
        if (object.what !== undefined) return [object];
        return Object.entries(object)
            .filter(([, value]) => typeof value === 'number')
            .map(([what, value]) => ({ what, value }));
    });
}

function row(name, figure) {
    const sign = figure.better === 'more' ? '≥' : '≤';
    const bar = figure.bar === undefined ? '' : `${sign} ${shown(figure.bar, figure.unit)}`;
    return [name, figure.what, shown(figure.value, figure.unit), bar, figure.bar === undefined ? '' : holds(figure) ? 'holds' : 'MISSED'];
}

function print(rows) {
    const widths = rows[0].map((_, i) => Math.max(...rows.map((r) => r[i].length)));
    const line = (r) => `| ${r.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
    console.log([line(rows[0]), line(widths.map((w) => '-'.repeat(w))), ...rows.slice(1).map(line)].join('\n'));
}

const wanted = [...programs, ...scripts].filter((b) => only.length === 0 || only.some((o) => b.name.includes(o)));
if (wanted.length === 0) {
    console.error('bench: nothing to run.');
    process.exit(1);
}
const folder = join(root, 'build/bench');
mkdirSync(folder, { recursive: true });
const machine = {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    kernel: readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim(),
};

const begun = performance.now();
const rows = [['benchmark', 'figure', 'value', 'bar', '']];
const texts = [];
let faults = 0;
for (const { name, command } of wanted) {
    console.error(`bench: ${name}`);
    const before = loadavg()[0];
    const run = spawnSync(command[0], command.slice(1), {
        cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: limitMs, maxBuffer: 2 ** 26,
    });
    const output = run.stdout ?? '';
    const printed = figures(output);
    const found = [...printed, ...powers(printed)];
    const text = output.split('\n').filter((line) => !line.startsWith('{')).join('\n').trimEnd();
    if (run.status !== 0) {
        ++faults;
        rows.push([name, `failed (${run.status ?? run.signal ?? run.error.code})`, '', '', 'MISSED']);
    }
    if (text) texts.push(`${name}\n${text}`);
    faults += found.filter((f) => !holds(f)).length;
    rows.push(...found.map((f) => row(name, f)));
    const report = { name, date: new Date().toISOString(), machine, load: [before, loadavg()[0]], figures: found, text };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
}
if (rows.length > 1) print(rows);
for (const text of texts) console.log(`\n${text}`);
console.log(`\n${machine.processor}, ${machine.cores} cores, ${machine.memory_gib} GiB, Linux ${machine.kernel}; ` +
    `${((performance.now() - begun) / 60000).toFixed(1)} minutes`);
if (faults) console.log(`${faults} missed`);
process.exit(faults ? 1 : 0);
