// When the seconds of a countdown change on five devices, against the show's clock and against each other: a desk and four
// tablets in one browser, one two hours ahead, one with 60 to 180 ms each way on its line.
//
//   --seconds N    that are looked at, 30
import { tsImport } from 'tsx/esm/api';
import { figure, median, numbers } from '../../tools/bench/measure.mjs';

const options = numbers({ seconds: 30 });
const here = (file) => tsImport(`../web/support/${file}.ts`, import.meta.url);
const { countdownShow, measureFlips } = await here('flips');
const { launch } = await here('harness');
const { Program } = await here('program');

const browser = await launch();
const program = await Program.run(countdownShow);
try {
    const devices = await measureFlips(browser, program, options.seconds, Math.random);
    const seconds = [...devices[0].late.keys()].filter((left) => devices.every(({ late }) => late.has(left)));
    const apart = seconds.map((left) => {
        const all = devices.map(({ late }) => late.get(left));
        return Math.max(...all) - Math.min(...all);
    });
    for (const { name, late, doubt } of devices) {
        const off = [...late.values()].map(Math.abs);
        figure(`${name}: off the show's clock, median`, median(off), 'ms', { doubt });
        figure(`${name}: off the show's clock, at worst`, Math.max(...off), 'ms', { doubt });
    }
    figure(`all devices: first to last of one second, median of ${seconds.length}`, median(apart), 'ms', { bar: 50, better: 'less' });
    figure(`all devices: first to last of one second, worst of ${seconds.length}`, Math.max(...apart), 'ms');
} finally {
    await program.stop();
    await browser.close();
}
