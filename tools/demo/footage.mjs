// Draws the demo's four camera pictures: a hall in the evening, seen from four places, each a loop of eight seconds.
// node tools/demo/footage.mjs FOLDER — writes the ones that are missing, by ffmpeg, in about two minutes. Those in
// assets/shows/footage were made by it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const width = 480;
const height = 270;
const rate = 30;
const seconds = 8;
const turn = 2 * Math.PI;

// --- A picture of light: linear numbers, 1 is full, more is allowed and clipped at the end. --------------------

class Picture {
    constructor() {
        this.light = new Float32Array(width * height * 3);
    }
    // From top to bottom.
    ground(top, bottom) {
        for (let y = 0; y < height; y++) {
            const k = y / (height - 1);
            for (let x = 0; x < width; x++) {
                for (let c = 0; c < 3; c++) this.light[(y * width + x) * 3 + c] = top[c] * (1 - k) + bottom[c] * k;
            }
        }
    }
    // A glow that adds to what is there.
    glow(cx, cy, radius, colour, strength) {
        this.each(cx - 3 * radius, cy - 3 * radius, cx + 3 * radius, cy + 3 * radius, (at, x, y) => {
            const d = ((x - cx) ** 2 + (y - cy) ** 2) / (radius * radius);
            const k = strength * Math.exp(-d);
            for (let c = 0; c < 3; c++) this.light[at + c] += colour[c] * k;
        });
    }
    // An opaque shape with a soft edge; `inside` gives 0 at its edge, more within.
    shape(x0, y0, x1, y1, colour, inside, soft = 1.5) {
        this.each(x0, y0, x1, y1, (at, x, y) => {
            const k = Math.min(1, Math.max(0, inside(x, y) / soft + 0.5));
            for (let c = 0; c < 3; c++) this.light[at + c] += (colour[c] - this.light[at + c]) * k;
        });
    }
    ellipse(cx, cy, rx, ry, colour, soft) {
        const r = Math.min(rx, ry);
        this.shape(cx - rx - 3, cy - ry - 3, cx + rx + 3, cy + ry + 3, colour,
            (x, y) => (1 - Math.hypot((x - cx) / rx, (y - cy) / ry)) * r, soft);
    }
    box(cx, cy, w, h, round, colour, soft) {
        this.shape(cx - w / 2 - 3, cy - h / 2 - 3, cx + w / 2 + 3, cy + h / 2 + 3, colour, (x, y) => {
            const dx = Math.max(0, Math.abs(x - cx) - w / 2 + round);
            const dy = Math.max(0, Math.abs(y - cy) - h / 2 + round);
            return round - Math.hypot(dx, dy);
        }, soft);
    }
    // Head and shoulders from behind or in front, `size` is the head's radius.
    person(x, y, size, coat, skin) {
        this.ellipse(x, y + size * 2.9, size * 1.9, size * 1.9, coat);
        this.ellipse(x, y, size * 0.82, size, skin);
        this.ellipse(x, y - size * 0.35, size * 0.9, size * 0.75, skin.map((c) => c * 0.22));
    }
    each(x0, y0, x1, y1, f) {
        const left = Math.max(0, Math.floor(x0));
        const right = Math.min(width, Math.ceil(x1));
        for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y++) {
            for (let x = left; x < right; x++) f((y * width + x) * 3, x, y);
        }
    }
    bytes() {
        return Buffer.from(Uint8Array.from(this.light, (v) => 255 * Math.min(1, Math.max(0, v)) ** 0.8));
    }
}

// The same number for the same place, 0…1: people differ, but not from frame to frame.
const chance = (n) => Math.abs(Math.sin(n * 127.1 + 11.7) * 43758.5453) % 1;
const sway = (t, n, size) => Math.sin(turn * (t * (1 + Math.floor(chance(n) * 2)) + chance(n + 9))) * size;
const coats = [[0.10, 0.13, 0.22], [0.22, 0.10, 0.10], [0.09, 0.18, 0.16], [0.24, 0.19, 0.09], [0.16, 0.11, 0.21], [0.28, 0.28, 0.30]];
const skins = [[0.62, 0.43, 0.33], [0.45, 0.28, 0.20], [0.70, 0.52, 0.42], [0.30, 0.19, 0.14]];
const pick = (list, n) => list[Math.floor(chance(n) * list.length)];
const dim = (colour, k) => colour.map((c) => c * k);

// --- Four places. t runs from 0 to 1 and round again. ---------------------------------------------------------

function tribune(p, t) {
    p.ground([0.015, 0.02, 0.05], [0.06, 0.04, 0.05]);
    for (let i = 0; i < 5; i++) {
        const x = 60 + i * 90 + sway(t, i, 26);
        p.glow(x, 20, 26, [1, 0.72, 0.38], 0.55);
        p.glow(x + (240 - x) * 0.35, 95, 55, [0.9, 0.6, 0.35], 0.13);
    }
    // The block of screens above the stage.
    const blue = [0.10 + 0.04 * Math.sin(turn * t), 0.22, 0.42];
    p.box(240, 78, 190, 84, 3, [0.03, 0.03, 0.04]);
    p.box(240, 78, 182, 76, 2, blue);
    for (let i = 0; i < 9; i++) {
        const w = 20 + 32 * chance(i + 3);
        p.box(178 + (i % 3) * 62 + sway(t, i, 3), 54 + Math.floor(i / 3) * 24, w, 7 + 6 * chance(i), 3, [0.85, 0.86, 0.9].map((c) => c * (0.5 + 0.5 * chance(i + 5))));
    }
    p.glow(240, 150, 90, [0.25, 0.4, 0.8], 0.16);
    p.ellipse(240, 205, 180, 34, [0.20, 0.13, 0.09]);
    p.ellipse(240, 199, 176, 30, [0.46, 0.30, 0.19]);
    p.box(240, 178, 44, 22, 5, [0.30, 0.09, 0.09]);
    p.person(150 + sway(t, 1, 4), 140, 10, coats[0], skins[0]);
    p.person(205 + sway(t, 2, 3), 138, 10, coats[3], skins[1]);
    p.person(315 + sway(t, 3, 5), 140, 10, coats[4], skins[2]);
    for (let i = 0; i < 14; i++) p.person(10 + i * 36 + sway(t, i + 20, 2.5), 238 + 8 * chance(i) + sway(t, i + 40, 1.5), 13, dim(pick(coats, i), 0.45), dim(pick(skins, i + 2), 0.35));
}

function salle(p, t) {
    p.ground([0.03, 0.03, 0.06], [0.10, 0.07, 0.06]);
    const pan = Math.sin(turn * t) * 26;
    for (let i = 0; i < 9; i++) p.glow(i * 62 + 10 + pan * 0.3, 22 + 10 * chance(i), 13, [1, 0.76, 0.45], 0.5);
    for (let row = 0; row < 4; row++) {
        const scale = 0.45 + row * 0.3;
        const y = 78 + row * row * 11 + row * 26;
        for (let i = -1; i < 6; i++) {
            const n = row * 10 + i;
            const x = 240 + (i - 2 + (row % 2) * 0.5) * 128 * scale + pan * scale;
            const around = (from, to) => {
                for (let seat = from; seat < to; seat++) {
                    const a = turn * (seat + 0.5) / 8 + Math.PI;
                    p.person(x + Math.cos(a) * 44 * scale + sway(t, n * 8 + seat, 1.6 * scale), y + Math.sin(a) * 15 * scale - 13 * scale + sway(t, n + seat * 3, scale),
                        6.4 * scale, pick(coats, n * 8 + seat), pick(skins, n * 8 + seat + 1));
                }
            };
            around(0, 4);
            p.ellipse(x, y + 10 * scale, 37 * scale, 13 * scale, [0.30, 0.25, 0.22]);
            p.ellipse(x, y + 6 * scale, 37 * scale, 13 * scale, [0.66, 0.60, 0.54]);
            p.box(x + 8 * scale, y + 4 * scale, 11 * scale, 6 * scale, 1.5, [0.55, 0.75, 0.95]);
            p.glow(x + 8 * scale, y + 2 * scale, 9 * scale, [0.4, 0.6, 1], 0.25);
            around(4, 8);
        }
    }
}

function table(p, t) {
    p.ground([0.05, 0.045, 0.07], [0.09, 0.06, 0.05]);
    for (let i = 0; i < 7; i++) p.glow(30 + i * 70 + sway(t, i, 8), 30 + 24 * chance(i), 16 + 10 * chance(i + 4), [1, 0.7, 0.4], 0.28);
    for (let i = 0; i < 5; i++) {
        const lean = sway(t, i + 3, 7);
        p.person(52 + i * 94 + lean, 92 + 12 * Math.abs(i - 2) + sway(t, i + 8, 3), 25, pick(coats, i + 1), pick(skins, i + 6));
    }
    p.ellipse(240, 262, 300, 76, [0.34, 0.27, 0.22]);
    p.ellipse(240, 254, 300, 72, [0.70, 0.62, 0.54]);
    p.glow(240, 215, 120, [1, 0.8, 0.55], 0.14);
    p.box(236, 214, 92, 40, 5, [0.05, 0.05, 0.06]);
    p.box(236, 214, 84, 33, 3, [0.93, 0.94, 0.90]);
    for (let i = 0; i < 3; i++) p.box(214 + 6 * i, 206 + i * 8, (40 - 8 * i) * (0.6 + 0.4 * Math.sin(turn * t + i)), 2.6, 1, [0.30, 0.33, 0.40]);
    p.glow(236, 204, 46, [0.6, 0.75, 1], 0.16);
    p.ellipse(118, 232, 13, 6, [0.85, 0.83, 0.78]);
    p.ellipse(366, 226, 13, 6, [0.85, 0.83, 0.78]);
}

function tablette(p, t) {
    p.ground([0.30, 0.23, 0.17], [0.42, 0.33, 0.25]);
    p.glow(90, 40, 110, [1, 0.82, 0.55], 0.22);
    p.box(246, 146, 324, 214, 16, [0.10, 0.08, 0.07], 14);
    p.box(240, 138, 320, 210, 14, [0.05, 0.05, 0.06]);
    p.box(240, 138, 300, 190, 4, [0.95, 0.94, 0.89]);
    p.box(180, 66, 150, 11, 3, [0.13, 0.14, 0.19]);
    p.box(158, 84, 106, 11, 3, [0.13, 0.14, 0.19]);
    p.box(240, 128, 276, 52, 6, [0.55, 0.51, 0.44]);
    p.box(240, 128, 272, 48, 5, [1, 1, 0.99]);
    // Words appear under the hand, and go when they are sent.
    const typed = t < 0.75 ? t / 0.75 : 0;
    for (let i = 0; i < 7; i++) {
        const w = 14 + 22 * chance(i + 2);
        if (typed > (i + 0.5) / 7) p.box(120 + i * 36, 120, w, 6, 2, [0.25, 0.27, 0.33]);
    }
    p.box(334, 172, 72, 22, 7, t > 0.76 && t < 0.9 ? [0.10, 0.45, 0.28] : [0.90, 0.63, 0.18]);
    for (let i = 0; i < 2; i++) p.box(200, 190 + i * 20, 190, 13, 4, [0.88, 0.86, 0.80]);
    const hand = t < 0.75 ? [150 + typed * 190 + 4 * Math.sin(turn * t * 12), 186] : [150 + 190 * (1 - (t - 0.75) / 0.25) ** 2, 196];
    p.shape(0, 0, width, height, [0.58, 0.39, 0.29], (x, y) => {
        const wrist = 34 - Math.abs((x - hand[0] - (y - hand[1]) * 0.35) - 8);
        const palm = (1 - Math.hypot((x - hand[0] - 16) / 36, (y - hand[1] - 34) / 30)) * 30;
        const finger = (1 - Math.hypot((x - hand[0] - (y - hand[1]) * 0.12) / 7.5, (y - hand[1] - 6) / 30)) * 7.5;
        return Math.max(y > hand[1] + 44 ? wrist : -9, palm, finger);
    }, 2);
}

// --- Film -----------------------------------------------------------------------------------------------------

const grain = 'scale=960:540:flags=bicubic,gblur=sigma=0.8,noise=alls=5:allf=t,format=yuv420p';

async function film(file, draw) {
    const beside = `${file}.part`;
    const ffmpeg = spawn('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(rate), '-i', '-',
        '-vf', grain, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-g', String(rate), '-f', 'mp4', beside], { stdio: ['pipe', 'inherit', 'inherit'] });
    const ended = once(ffmpeg, 'close');
    const picture = new Picture();
    for (let frame = 0; frame < rate * seconds; frame++) {
        draw(picture, frame / (rate * seconds));
        if (!ffmpeg.stdin.write(picture.bytes())) await once(ffmpeg.stdin, 'drain');
    }
    ffmpeg.stdin.end();
    const [status] = await ended;
    if (status !== 0) throw new Error(`ffmpeg could not write ${file}`);
    renameSync(beside, file);
}

const folder = process.argv[2];
if (!folder) {
    console.error('usage: node tools/demo/footage.mjs FOLDER');
    process.exit(2);
}
mkdirSync(folder, { recursive: true });
await Promise.all(Object.entries({ tribune, salle, table, tablette }).map(async ([name, draw]) => {
    const file = join(folder, `${name}.mp4`);
    if (!existsSync(file)) await film(file, draw);
}));
