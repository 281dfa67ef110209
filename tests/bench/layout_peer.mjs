// The wall's layout beside d3-cloud's: the same words in the same font at the same sizes on the same page.
//
// The words, their sizes and our places come from bench_layout. d3-cloud runs as it comes (it takes whole pixels
// and one more around each letter), but without turned words. The median of all word lists and seeds stands for
// each. Times are processor time: ours of words already measured, d3-cloud's with the drawing of the letters.
//
// Compactness is the area that the words' ink boxes cover / the area of what encloses them: their bounding box, or
// their convex hull. Where boxes overlap (d3-cloud tests letters, not boxes) the area counts once. d3-cloud's boxes
// are ours about the places it gives; words that it drops cover nothing.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import cloud from 'd3-cloud';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { executables } from '../../tools/bench/executables.mjs';
import { root } from '../../tools/house/tree.mjs';

const page = [1920, 1080];
const font = 'Inter';
const weight = 600;
// Lists of so many words, and d3-cloud's seeds for each.
const trials = [
    { words: 10, lists: 9, seeds: 7 },
    { words: 40, lists: 9, seeds: 7 },
    { words: 300, lists: 5, seeds: 3 },
    { words: 1000, lists: 1, seeds: 3 },
    { words: 3000, lists: 1, seeds: 1 },
];

// mulberry32: d3-cloud takes any generator, and the same seeds give the same clouds.
function generator(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
}

function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)];
}

// Andrew's monotone chain, then the shoelace formula.
function hullArea(points) {
    const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    const half = (ordered) => {
        const chain = [];
        for (const p of ordered) {
            while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
            chain.push(p);
        }
        return chain.slice(0, -1);
    };
    const ordered = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
    const hull = [...half(ordered), ...half(ordered.reverse())];
    return Math.abs(hull.reduce((sum, p, i) => {
        const q = hull[(i + 1) % hull.length];
        return sum + p.x * q.y - q.x * p.y;
    }, 0)) / 2;
}

// To the pixel.
function coveredArea(boxes) {
    const covered = new Uint8Array(page[0] * page[1]);
    const column = (x) => Math.min(page[0], Math.max(0, Math.round(x)));
    const row = (y) => Math.min(page[1], Math.max(0, Math.round(y)));
    for (const b of boxes) {
        for (let y = row(b.y); y < row(b.y + b.height); ++y) {
            covered.fill(1, y * page[0] + column(b.x), y * page[0] + column(b.x + b.width));
        }
    }
    return covered.reduce((sum, pixel) => sum + pixel, 0);
}

function compactness(boxes) {
    const ink = coveredArea(boxes);
    const corners = boxes.flatMap(({ x, y, width, height }) =>
        [{ x, y }, { x: x + width, y }, { x, y: y + height }, { x: x + width, y: y + height }]);
    const xs = corners.map((p) => p.x);
    const ys = corners.map((p) => p.y);
    const box = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
    return { box: ink / box, hull: ink / hullArea(corners) };
}

function theirs(words, seed) {
    const random = generator(seed);
    let placed = [];
    const start = process.cpuUsage();
    cloud().size(page).canvas(() => createCanvas(1, 1)).random(random).rotate(0)
        .font(font).fontWeight(weight).fontSize((d) => d.size)
        .words(words.map((w) => ({ ...w, ink: w })))
        .on('end', (done) => { placed = done; })
        .start();
    const spent = process.cpuUsage(start);
    const milliseconds = (spent.user + spent.system) / 1000;
    // It gives the text's middle on the baseline, from the middle of the page.
    const boxes = placed.map((d) => ({
        x: page[0] / 2 + d.x + d.ink.dx,
        y: page[1] / 2 + d.y + d.ink.dy,
        width: d.ink.width,
        height: d.ink.height,
    }));
    return { milliseconds, dropped: words.length - placed.length, ...compactness(boxes) };
}

const program = executables(process.env.TRIBUNE_BUILD ?? join(root, 'build/release'), /^bench_layout$/)[0];
if (!program || !GlobalFonts.has(font)) {
    console.error(program ? `layout_peer: the font ${font} is missing (make setup).` : 'layout_peer: build bench_layout first.');
    process.exit(1);
}
function clouds({ words, lists }) {
    const run = spawnSync(program, ['--clouds', String(words), String(lists)], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (run.status !== 0) {
        console.error(`layout_peer: ${run.stderr || run.error}`);
        process.exit(1);
    }
    return run.stdout.trim().split('\n').map((line) => JSON.parse(line));
}

function ours({ words, milliseconds, boxes }) {
    const dropped = words - boxes.filter((b) => b.page >= 0).length;
    return { milliseconds, dropped, ...compactness(boxes.filter((b) => b.page === 0)) };
}

const print = (figure) => console.log(JSON.stringify(figure));
const rounded = (value) => Number(value.toPrecision(4));
for (const trial of trials) {
    const lists = clouds(trial);
    const mine = lists.map(ours);
    const others = lists.flatMap(({ boxes }) => Array.from({ length: trial.seeds }, (_, seed) => theirs(boxes, seed + 1)));
    const figure = (what, unit, key, better) => {
        const bar = rounded(median(others.map((o) => o[key])));
        print({ what: `${trial.words} words, d3-cloud: ${what}`, value: bar, unit });
        print({ what: `${trial.words} words: ${what}`, value: rounded(median(mine.map((m) => m[key]))), unit, bar, better });
    };
    figure('time', 'ms', 'milliseconds', 'less');
    figure('dropped', 'words', 'dropped', 'less');
    figure('compactness in the box', '', 'box', 'more');
    figure('compactness in the hull', '', 'hull', 'more');
}
