// What the scripts of tests/bench share: figures on standard output, options, programs timed, the clips, the program.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../house/tree.mjs';

export const tribune = join(root, 'build/release/tribune');

// One figure, one line, as tools/bench/run.mjs reads it. `more`: bar and better, or curve and x.
export function figure(what, value, unit, more = {}) {
    console.log(JSON.stringify({ what, value: Number(value.toPrecision(5)), unit, ...more }));
}

// `--name number` from the command line, over these defaults. Options of other scripts are passed over.
export function numbers(defaults) {
    const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' }]));
    const { values } = parseArgs({ options, strict: false });
    return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, Number(values[name] ?? value)]));
}

export const installed = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

// Runs a program to its end; its output. What it says on standard error is shown when it fails.
export async function run(program, args) {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { errors += data; });
    const status = await new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
    });
    if (status !== 0) throw new Error(`${program} failed (${status}): ${errors.trim().split('\n').slice(-3).join(' ')}`);
    return output;
}

export async function seconds(program, args) {
    const begun = performance.now();
    await run(program, args);
    return (performance.now() - begun) / 1000;
}

export const quad = async (files, args) => JSON.parse(await run(tribune, ['bench', 'quad', ...files, '--json', ...args]));

export const clipFrames = 300;

// Four H.264 files of ten seconds, 1920×1080 at 30 frames/s, made once.
export async function clips() {
    const folder = join(root, 'build/bench/clips');
    mkdirSync(folder, { recursive: true });
    const files = [];
    for (const hue of [0, 90, 180, 270]) {
        const file = join(folder, `hue-${hue}.mp4`);
        files.push(file);
        if (existsSync(file)) continue;
        const part = `${file}.part`;
        await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=30:duration=10',
            '-vf', `hue=h=${hue}`, '-c:v', 'libx264', '-preset', 'veryfast', '-g', '30', '-pix_fmt', 'yuv420p',
            '-f', 'mp4', part]);
        renameSync(part, file);
    }
    return files;
}
