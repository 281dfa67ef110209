// Small plots as SVG: text in the reader's own font, legible on light and on dark pages.
const width = 680;
const margin = 24;

const style = `
  .card { fill: #ffffff; stroke: #d8dee6; }
  text { font: 13px system-ui, sans-serif; fill: #1f2933; }
  .title { font-size: 15px; font-weight: 600; }
  .quiet { fill: #5c6a79; }
  .bar { fill: #b4bfcc; }
  .ours { fill: #0b7285; }
  .line { fill: none; stroke: #0b7285; stroke-width: 2.5; stroke-linejoin: round; }
  .dot { fill: #0b7285; }
  .linear { stroke: #8895a4; stroke-dasharray: 4 4; fill: none; }
  .grid { stroke: #e5e9ee; }
  @media (prefers-color-scheme: dark) {
    .card { fill: #10161d; stroke: #2c3743; }
    text { fill: #e8edf2; }
    .quiet { fill: #9fb0c0; }
    .bar { fill: #4a5a6b; }
    .ours, .dot { fill: #3bc9db; }
    .line { stroke: #3bc9db; }
    .linear { stroke: #74869a; }
    .grid { stroke: #222c37; }
  }`;

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const at = (n) => Number(n.toFixed(1));

function sheet(title, height, content) {
    return [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
        `<title>${escaped(title)}</title>`, `<style>${style}\n</style>`,
        `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
        `<text class="title" x="${margin}" y="34">${escaped(title)}</text>`, ...content, '</svg>', ''].join('\n');
}

const brief = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2))));

// [{ label, value }]: one bar each; Tribune's own are marked.
export function bars(title, items) {
    const left = 270;
    const right = width - margin - 48;
    const step = 30;
    const top = 56;
    const most = Math.max(...items.map((i) => i.value));
    const rows = items.flatMap(({ label, value }, i) => {
        const y = top + i * step;
        const long = Math.max(1, (value / most) * (right - left));
        return [
            `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
            `<rect class="${label.startsWith('Tribune') ? 'ours' : 'bar'}" x="${left}" y="${y}" width="${at(long)}" height="20" rx="3"/>`,
            `<text class="quiet" x="${at(left + long + 8)}" y="${y + 15}">${brief(value)}</text>`,
        ];
    });
    return sheet(title, top + items.length * step + 14, rows);
}

// The whole powers of ten around these values, or of two where they span less than a decade.
function ticks(values, base) {
    const first = Math.floor(Math.log(Math.min(...values)) / Math.log(base) + 1e-9);
    const last = Math.ceil(Math.log(Math.max(...values)) / Math.log(base) - 1e-9);
    return Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, i) => base ** (first + i));
}

// [{ x, y }] on two logarithmic axes; dashed: linear from the first point.
export function lines(title, points, power) {
    const height = 312;
    const [left, right, top, bottom] = [76, width - margin - 60, 60, height - 58];
    const xs = points.map((p) => p.x);
    const ys = points.map((p) => p.y);
    const linear = (x) => (ys[0] * x) / xs[0];
    const yTicks = ticks([...ys, linear(xs.at(-1))], Math.max(...ys) / Math.min(...ys) < 20 ? 2 : 10);
    const scale = (value, low, high, from, to) =>
        from + ((to - from) * Math.log(value / low)) / Math.log(high / low);
    const x = (value) => at(scale(value, xs[0], xs.at(-1), left + margin, right));
    const y = (value) => at(scale(value, yTicks[0], yTicks.at(-1), bottom, top));
    const grid = yTicks.flatMap((tick) => [
        `<line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
        `<text class="quiet" x="${left - 10}" y="${y(tick) + 4}" text-anchor="end">${brief(tick)}</text>`,
    ]);
    const marks = points.flatMap((p) => [
        `<text class="quiet" x="${x(p.x)}" y="${bottom + 38}" text-anchor="middle">${p.x.toLocaleString('en')}</text>`,
        `<circle class="dot" cx="${x(p.x)}" cy="${y(p.y)}" r="4"/>`,
        `<text x="${x(p.x)}" y="${y(p.y) + 20}" text-anchor="middle">${brief(p.y)}</text>`,
    ]);
    const path = points.map((p) => `${x(p.x)},${y(p.y)}`).join(' ');
    return sheet(`${title}: grows as size to the power ${power.toFixed(2)}`, height, [
        ...grid,
        `<line class="linear" x1="${x(xs[0])}" y1="${y(ys[0])}" x2="${x(xs.at(-1))}" y2="${y(linear(xs.at(-1)))}"/>`,
        `<text class="quiet" x="${x(xs.at(-1)) + 8}" y="${y(linear(xs.at(-1))) + 4}">linear</text>`,
        `<polyline class="line" points="${path}"/>`, ...marks]);
}
