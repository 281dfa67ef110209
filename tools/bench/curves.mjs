// Figures that belong to a curve of cost against size: those with `curve` and `x`.

// [{ name, unit, points: [{ x, y }] }], each by growing x.
export function curvesOf(figures) {
    const curves = new Map();
    for (const { curve, x, value, unit } of figures) {
        if (curve === undefined) continue;
        if (!curves.has(curve)) curves.set(curve, { name: curve, unit, points: [] });
        curves.get(curve).points.push({ x, y: value });
    }
    return [...curves.values()].map((c) => ({ ...c, points: c.points.sort((a, b) => a.x - b.x) }));
}

// The power of x that fits y best, by least squares of the logarithms: 1 is linear.
export function power(points) {
    const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)]);
    const mean = (i) => logs.reduce((sum, p) => sum + p[i], 0) / logs.length;
    const [mx, my] = [mean(0), mean(1)];
    const over = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
    return over / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

export const steepest = 1.1;

// One figure for each curve: linear or better.
export const powers = (figures) => curvesOf(figures)
    .filter(({ points }) => points.length > 2)
    .map(({ name, points }) => ({
        what: `cost against ${name}: power`, value: power(points), unit: '', bar: steepest, better: 'less',
    }));
