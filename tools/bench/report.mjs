// How a figure is judged and written, on the terminal and in docs/figures.md.
export const holds = ({ value, bar, better }) => bar === undefined || (better === 'more' ? value >= bar : value <= bar);

export function shown(value, unit) {
    const number = Number.isInteger(value) || Math.abs(value) >= 1000
        ? Math.round(value).toLocaleString('en')
        : String(Number(value.toPrecision(3)));
    return `${number} ${unit ?? ''}`.trim();
}
