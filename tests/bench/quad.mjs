// The quad job beside what a user would otherwise take, in the same minutes: four H.264 files of 1080p30, four faces of
// 1920×1080, each one file full and another as 576×324 picture in picture. Ours has a live wall of 200 words on every
// face besides, and counts all of its processes; the peers have none. Each round runs them all, one after the other;
// figures are medians of the rounds, ratios medians of each round's ratio. What a peer takes for one frame alone, at its
// quickest, is its start and taken off: ours is measured from its first frame on, too.
//
//   --rounds N           3
//   --frames N           of each of the peers' runs, 300: the whole clips
//   --seconds N          of each of our runs, 8
//   --paced-seconds N    of the run at 30 frames/s, 300; 0 leaves it out
import { clipFrames, clips, figure, installed, median, numbers, quad, seconds } from '../../tools/bench/measure.mjs';

const options = numbers({ rounds: 3, frames: clipFrames, seconds: 8, 'paced-seconds': 300 });
const files = await clips();

const inputs = files.flatMap((file) => ['-i', file]);
const ffmpeg = (...args) => ['ffmpeg', ['-v', 'error', '-nostdin', ...inputs, ...args]];

function decoding(frames) {
    return ffmpeg(...files.flatMap((_, i) => ['-map', `${i}:v`, '-frames:v', `${frames}`, '-f', 'null', '-']));
}

function overlays(frames) {
    const each = files.map((_, i) => i);
    const graph = [
        ...each.map((i) => `[${i}:v]split[full${i}][next${i}]`),
        ...each.map((i) => `[next${(i + 1) % 4}]scale=576:324[small${i}]`),
        ...each.map((i) => `[full${i}][small${i}]overlay=1296:708[face${i}]`),
        `${each.map((i) => `[face${i}]`).join('')}xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0,format=bgra`,
    ];
    return ffmpeg('-filter_complex', graph.join(';'), '-frames:v', `${frames}`, '-f', 'null', '-');
}

function compositor(format, frames) {
    const corner = (i) => ({ x: 1920 * (i % 2), y: 1080 * (i >> 1) });
    const pads = files.flatMap((_, i) => {
        const small = `sink_${i + 4}`;
        const { x, y } = corner(i);
        return [`sink_${i}::xpos=${x}`, `sink_${i}::ypos=${y}`, `${small}::xpos=${x + 1296}`, `${small}::ypos=${y + 708}`,
            `${small}::width=576`, `${small}::height=324`, `${small}::zorder=10`];
    });
    // File i is face i's full picture and the small one of the face before.
    const branches = files.map((file, i) =>
        `filesrc location=${file} ! qtdemux ! h264parse ! avdec_h264 ! tee name=t${i} ` +
        `t${i}. ! queue ! comp.sink_${i} t${i}. ! queue ! comp.sink_${(i + 3) % 4 + 4}`);
    const line = `compositor name=comp background=black ${pads.join(' ')} ! ` +
        `video/x-raw,format=${format},width=3840,height=2160 ! fakesink sync=false num-buffers=${frames} ` +
        branches.join(' ');
    return ['gst-launch-1.0', ['-q', ...line.split(' ')]];
}

const peers = [
    { name: 'decoding alone (ffmpeg)', program: 'ffmpeg', command: decoding },
    { name: 'ffmpeg overlay + xstack → BGRA', program: 'ffmpeg', command: overlays, bar: 1.5 },
    { name: 'GStreamer compositor → I420', program: 'gst-launch-1.0', command: (n) => compositor('I420', n), bar: 1.35 },
    { name: 'GStreamer compositor → BGRA', program: 'gst-launch-1.0', command: (n) => compositor('BGRA', n), rounds: 1 },
].map((peer) => ({ ...peer, starts: [], times: [], rates: [] }));
const there = peers.filter((peer) => installed(peer.program));
for (const peer of peers) {
    if (!there.includes(peer)) console.log(`${peer.name}: ${peer.program} is not installed, so it is left out.`);
}
console.log('OBS is left out: it needs a screen to draw on.');

const ours = { rates: [], paint: [], cpu: [] };
const same = [];
for (let round = 0; round < options.rounds; ++round) {
    for (const peer of there) {
        if (round >= (peer.rounds ?? options.rounds)) continue;
        peer.starts.push(await seconds(...peer.command(1)));
        peer.times.push(await seconds(...peer.command(options.frames)));
    }
    const length = ['--words', '200', '--seconds', `${options.seconds}`];
    const report = await quad(files, length);
    ours.rates.push(report.frames_per_second);
    ours.paint.push(report.paint_ms);
    ours.cpu.push(report.cpu_ms);
    same.push((await quad(files, [...length, '--same-picture'])).frames_per_second);
}

for (const peer of there) {
    const start = Math.min(...peer.starts);
    peer.rates = peer.times.map((time) => (options.frames - 1) / (time - start));
}
const ratio = (a, b) => median(b.map((value, i) => a[i] / value));
const rate = (what, values) => figure(what, median(values), 'frames/s', { group: 'quad' });
for (const peer of there) rate(peer.name, peer.rates);
rate('Tribune, 200 words on every face', ours.rates);
rate('Tribune, the same picture on all faces', same);
figure('Tribune: painting a frame', median(ours.paint), 'ms');
figure('Tribune: a frame, all processes', median(ours.cpu), 'ms CPU');
for (const peer of there) {
    figure(`Tribune ÷ ${peer.name}`, ratio(ours.rates, peer.rates), '×', peer.bar ? { bar: peer.bar, better: 'more' } : {});
}
figure('Tribune, the same picture ÷ four pictures', ratio(same, ours.rates), '×', { bar: 1.25, better: 'more' });

if (options['paced-seconds'] > 0) {
    const paced = await quad(files, ['--words', '200', '--paced', '30', '--seconds', `${options['paced-seconds']}`]);
    const what = `Tribune at 30 frames/s for ${options['paced-seconds']} s`;
    figure(`${what}: dropped`, paced.dropped, 'frames', { bar: 0, better: 'less' });
    figure(`${what}: most memory of all processes`, paced.rss_mb, 'MB', { bar: 900, better: 'less' });
    figure(`${what}: a frame, all processes`, paced.cpu_ms, 'ms CPU');
}
