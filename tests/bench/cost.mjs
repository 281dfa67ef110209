// What a frame of the quad job costs with more of everything: feeds, faces, words. Processor time of all processes, the
// least of the rounds; for words, on one face, of the process that lays them out and paints them. No curve may be steeper
// than linear: tools/bench/run.mjs.
//
//   --rounds N     2
//   --seconds N    of each run, 4
import { clips, figure, numbers, quad } from '../../tools/bench/measure.mjs';

const options = numbers({ rounds: 2, seconds: 4 });
const files = await clips();

const curves = [
    { curve: 'feeds', sizes: [1, 2, 4, 8, 16], args: (n) => ['--feeds', n], of: 'cpu_ms', unit: 'ms CPU' },
    { curve: 'faces', sizes: [1, 2, 4, 8], args: (n) => ['--faces', n], of: 'cpu_ms', unit: 'ms CPU' },
    { curve: 'words painted', sizes: [100, 300, 1000, 3000], args: (n) => ['--words', n, '--feeds', 1, '--faces', 1],
        of: 'painter_cpu_ms', unit: 'ms CPU' },
];
const least = new Map();
for (let round = 0; round < options.rounds; ++round) {
    for (const { curve, sizes, args, of } of curves) {
        for (const size of sizes) {
            const report = await quad(files, [...args(size), '--seconds', options.seconds].map(String));
            const name = `${curve} ${size}`;
            const before = least.get(name);
            least.set(name, {
                cost: Math.min(report[of], before?.cost ?? Infinity),
                rate: Math.max(report.frames_per_second, before?.rate ?? 0),
            });
        }
    }
}
for (const { curve, sizes, unit } of curves) {
    for (const size of sizes) {
        const { cost, rate } = least.get(`${curve} ${size}`);
        figure(`${curve}, ${size}: a frame`, cost, unit, { curve, x: size });
        figure(`${curve}, ${size}: frames a second`, rate, 'frames/s');
    }
}
