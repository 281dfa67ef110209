// Writes what build/bench/*.json holds into docs/figures.md, between its two markers, with plots in docs/pictures. What
// stands outside the markers is written by hand and stays.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { curvesOf, power } from './curves.mjs';
import { bars, lines } from './plots.mjs';
import { holds, shown } from './report.mjs';
import { root } from '../house/tree.mjs';

// In this order; others follow by name.
const titles = {
    quad: 'The quad job, beside its peers',
    cost: 'Cost against size',
    bench_show: 'The whole program',
    bench_net: 'Devices',
    countdown: 'A countdown on several devices',
    bench_layout: 'The wall\'s layout',
    layout_peer: 'The wall\'s layout, beside d3-cloud',
    bench_cpu_painter: 'Painting without a graphics card',
    bench_gpu: 'Painting by a graphics card',
    bench_store: 'The journal',
    bench_hour: 'An hour, compressed',
    bench_lists: 'Flags, likeness and rules about words',
};
const markers = ['<!-- measured: from here -->', '<!-- measured: to here -->'];

const folder = join(root, 'build/bench');
const page = join(root, 'docs/figures.md');
const pictures = join(root, 'docs/pictures');
const reports = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
if (reports.length === 0) {
    console.error('figures: build/bench holds no figures: run `make bench` first.');
    process.exit(1);
}
const place = ({ name }) => (name in titles ? Object.keys(titles).indexOf(name) : Infinity);
reports.sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));

const cell = (text) => String(text).replaceAll('|', '\\|');
const row = (cells) => `| ${cells.map(cell).join(' | ')} |`;

function bar(figure) {
    if (figure.bar === undefined) return '';
    return `${figure.better === 'more' ? '≥' : '≤'} ${shown(figure.bar, figure.unit)}`;
}

function value(figure) {
    const text = shown(figure.value, figure.unit);
    if (figure.bar === undefined) return text;
    return holds(figure) ? `**${text}**` : `*${text}: missed*`;
}

function plot(name, svg, caption) {
    writeFileSync(join(pictures, `${name}.svg`), svg);
    return `![${caption}](pictures/${name}.svg)`;
}

function plots({ name, figures }) {
    const out = [];
    const groups = Map.groupBy
        ? Map.groupBy(figures.filter((f) => f.group), (f) => f.group)
        : figures.filter((f) => f.group).reduce((m, f) => m.set(f.group, [...(m.get(f.group) ?? []), f]), new Map());
    for (const [group, list] of groups) {
        const title = `${titles[name] ?? name}, ${list[0].unit}`;
        out.push(plot(`bench-${group}`, bars(title, list.map((f) => ({ label: f.what, value: f.value }))), title));
    }
    for (const curve of curvesOf(figures)) {
        const title = `${curve.unit} against ${curve.name}`;
        const file = `bench-${curve.name.replaceAll(/[^a-z0-9]+/gi, '-')}`;
        out.push(plot(file, lines(title, curve.points, power(curve.points)), title));
    }
    return out;
}

function section(report) {
    const table = [row(['what', 'measured', 'bar']), row(['---', '---', '---']),
        ...report.figures.map((f) => row([f.what, value(f), bar(f)]))];
    const said = report.text ? ['```', report.text, '```', ''] : [];
    const drawn = plots(report);
    const load = report.load ? `, load ${report.load.map((l) => l.toFixed(1)).join(' to ')}` : '';
    return [`## ${titles[report.name] ?? report.name}`, '', `${report.date.slice(0, 16).replace('T', ' ')}${load}.`, '',
        ...(drawn.length ? [drawn.join('\n'), ''] : []), ...(report.figures.length ? [...table, ''] : []), ...said];
}

function header() {
    const { machine } = reports[0];
    const days = [...new Set(reports.map((r) => r.date.slice(0, 10)))].sort();
    const loads = reports.flatMap((r) => r.load ?? []);
    const busiest = Math.max(...reports.map((r) => r.load?.[0] ?? 0));
    return [
        `${days.join(', ')}: ${machine.processor}, ${machine.cores} cores, ${machine.memory_gib} GiB, Linux ${machine.kernel}.`,
        loads.length ? `Load when a benchmark began: at most ${busiest.toFixed(1)}` +
            `${busiest > machine.cores / 2 ? ' – other work ran beside it, so times are upper bounds' : ''}.` : '',
        'Bold: the bar holds.',
    ].filter(Boolean);
}

mkdirSync(pictures, { recursive: true });
for (const file of readdirSync(pictures)) {
    if (/^bench-.*\.svg$/.test(file)) rmSync(join(pictures, file));
}
const measured = [markers[0], '', header().join(' '), '', ...reports.flatMap(section), markers[1]].join('\n');
const before = readFileSync(page, 'utf8');
const [from, to] = markers.map((m) => before.indexOf(m));
if (from < 0 || to < from) {
    console.error(`figures: docs/figures.md needs the two lines "${markers[0]}" and "${markers[1]}".`);
    process.exit(1);
}
writeFileSync(page, before.slice(0, from) + measured + before.slice(to + markers[1].length));
console.log(`docs/figures.md: ${reports.length} benchmarks.`);
