// What `make bench` and `make figures` reckon and draw.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curvesOf, power, powers, steepest } from '../../../tools/bench/curves.mjs';
import { bars, lines } from '../../../tools/bench/plots.mjs';
import { holds, shown } from '../../../tools/bench/report.mjs';

const points = (f) => [1, 2, 4, 8].map((x) => ({ x, y: f(x) }));
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test('the power of a curve is that of its law', () => {
    near(power(points((x) => 3 * x)), 1);
    near(power(points((x) => 5 * x ** 2)), 2);
    near(power(points(() => 7)), 0);
});

test('points make curves by name, ordered by size; each curve is judged once', () => {
    const figures = [
        { what: 'b', value: 40, unit: 'ms', curve: 'feeds', x: 4 },
        { what: 'alone', value: 9, unit: 'ms' },
        { what: 'a', value: 1, unit: 'ms', curve: 'feeds', x: 1 },
        { what: 'c', value: 200, unit: 'ms', curve: 'feeds', x: 16 },
        { what: 'd', value: 3, unit: 's', curve: 'faces', x: 1 },
    ];
    assert.deepEqual(curvesOf(figures).map(({ name, points }) => [name, points.map((p) => p.x)]),
        [['feeds', [1, 4, 16]], ['faces', [1]]]);
    const [judged, ...more] = powers(figures);
    assert.equal(more.length, 0); // one point is no curve
    assert.equal(judged.bar, steepest);
    assert.equal(holds(judged), false);
});

test('a bar holds at its own value', () => {
    assert.ok(holds({ value: 5, bar: 5, better: 'less' }) && holds({ value: 5, bar: 5, better: 'more' }));
    assert.ok(!holds({ value: 6, bar: 5, better: 'less' }) && !holds({ value: 4, bar: 5, better: 'more' }));
    assert.ok(holds({ value: 6 }));
    assert.equal(shown(1234.5, 'ms'), '1,235 ms');
    assert.equal(shown(0.012345, ''), '0.0123');
});

test('plots are whole, within their sheet, and say what they show', () => {
    const drawn = [
        bars('Frames < seconds', [{ label: 'ffmpeg & co', value: 35 }, { label: 'Tribune', value: 56 }]),
        lines('ms against feeds', points((x) => 10 * x), 1),
        lines('ms against faces', points(() => 10), 0),
    ];
    for (const svg of drawn) {
        assert.match(svg, /^<svg [^]*<\/svg>\n$/);
        assert.doesNotMatch(svg, /NaN|undefined|Infinity|& |< /);
        const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/).map(Number);
        for (const [, axis, at] of svg.matchAll(/ c?([xy])="(-?[\d.]+)"/g)) {
            assert.ok(at >= 0 && at <= (axis === 'x' ? width : height), `${axis} = ${at}`);
        }
    }
    assert.match(drawn[0], /Frames &lt; seconds/);
});
