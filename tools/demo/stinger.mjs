// Draws the demo's stinger: three slanted curtains in the night palette sweep across, meet, and leave, with a breath of
// wind. VP9 with alpha and Opus in WebM. node tools/demo/stinger.mjs FILE — the one in assets/shows/footage was made by it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const width = 960;
const height = 540;
const rate = 30;
const frames = 40;
const soundRate = 48000;
const slant = 0.28; // of the height, how far the top is ahead of the foot

// From first in to last: when its front starts and arrives, when its back follows; of all of it, 0…1.
const curtains = [
    { colour: [0xff, 0xb4, 0x54], front: [0.0, 0.36], back: [0.56, 0.92] },
    { colour: [0x24, 0x3a, 0x5e], front: [0.04, 0.4], back: [0.6, 0.96] },
    { colour: [0x0b, 0x16, 0x26], front: [0.08, 0.44], back: [0.64, 1.0] },
];
const ease = (k) => (k < 0.5 ? 4 * k ** 3 : 1 - (2 - 2 * k) ** 3 / 2);
const between = ([from, to], t) => ease(Math.min(1, Math.max(0, (t - from) / (to - from))));

// How much of a pixel lies behind an edge that stands at x, 0…1.
const behind = (x, edge) => Math.min(1, Math.max(0, edge - x + 0.5));

function picture(t) {
    const bytes = Buffer.alloc(width * height * 4);
    const reach = width + slant * height;
    // Each curtain hides those before it, so that the dark one carries a seam of light at its rim.
    const edges = curtains.map(({ front, back }) => [between(front, t) * (reach + 2) - 1, between(back, t) * (reach + 2) - 1]);
    for (let y = 0; y < height; y++) {
        const shift = slant * (height - y);
        for (let x = 0; x < width; x++) {
            let [r, g, b, a] = [0, 0, 0, 0];
            curtains.forEach(({ colour }, i) => {
                const at = x + shift;
                const k = behind(at, edges[i][0]) * (1 - behind(at, edges[i][1]));
                if (k === 0) return;
                const shade = 1 + 0.1 * (1 - y / height); // a little light from above
                [r, g, b] = [r, g, b].map((v, c) => v * (1 - k) + Math.min(255, colour[c] * shade) * k);
                a = a * (1 - k) + k;
            });
            const to = (y * width + x) * 4;
            if (a === 0) continue;
            bytes[to] = Math.round(r / a);
            bytes[to + 1] = Math.round(g / a);
            bytes[to + 2] = Math.round(b / a);
            bytes[to + 3] = Math.round(255 * a);
        }
    }
    return bytes;
}

// Soft noise through a band that rises and falls, louder while the curtains pass; the same each time.
function wind() {
    const count = Math.round((frames / rate) * soundRate);
    const bytes = Buffer.alloc(count * 4);
    let seed = 20240607;
    const noise = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x3fffffff) - 1;
    const bands = [[0, 0], [0, 0]];
    for (let n = 0; n < count; n++) {
        const t = n / count;
        const swell = Math.exp(-(((t - 0.26) / 0.13) ** 2)) + 0.8 * Math.exp(-(((t - 0.76) / 0.13) ** 2));
        const frequency = 300 + 1500 * swell;
        const f = 2 * Math.sin((Math.PI * frequency) / soundRate);
        bands.forEach((band, side) => {
            band[0] += f * band[1];
            band[1] += f * (noise() - band[0] - 0.9 * band[1]);
            const pan = side === 0 ? 1.15 - 0.5 * t : 0.65 + 0.5 * t; // from left to right
            bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, band[1] * swell * 0.28 * pan)) * 32767), n * 4 + side * 2);
        });
    }
    return bytes;
}

const file = process.argv[2];
if (!file) {
    console.error('usage: node tools/demo/stinger.mjs FILE.webm');
    process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'stinger-'));
try {
    const sound = join(folder, 'wind.pcm');
    writeFileSync(sound, wind());
    const ffmpeg = spawn('ffmpeg', [
        '-nostdin', '-loglevel', 'error', '-y',
        '-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${width}x${height}`, '-r', String(rate), '-i', 'pipe:0',
        '-f', 's16le', '-ar', String(soundRate), '-ac', '2', '-i', sound,
        '-map', '0:v', '-map', '1:a', '-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p',
        '-c:v', 'libvpx-vp9', '-crf', '28', '-b:v', '0', '-g', '20', '-auto-alt-ref', '0',
        '-colorspace', 'bt709', '-color_range', 'tv', '-c:a', 'libopus', '-b:a', '64k', '-metadata:s:v:0', 'alpha_mode=1', file,
    ], { stdio: ['pipe', 'inherit', 'inherit'] });
    const ended = once(ffmpeg, 'close');
    for (let frame = 0; frame < frames; frame++) {
        if (!ffmpeg.stdin.write(picture(frame / (frames - 1)))) await once(ffmpeg.stdin, 'drain');
    }
    ffmpeg.stdin.end();
    const [status] = await ended;
    if (status !== 0) throw new Error(`ffmpeg could not write ${file}`);
} finally {
    rmSync(folder, { recursive: true });
}
