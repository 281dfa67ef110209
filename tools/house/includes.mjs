// #include lines as data.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './tree.mjs';

export function includesOf(text) {
    return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)].map((m) => ({
        name: m[2],
        quoted: m[1] === '"',
        line: text.slice(0, m.index).split('\n').length,
    }));
}

// Our own file behind a quoted include, as the build finds it; null when it is not ours.
export function resolveInclude(from, name) {
    const places = [`${dirname(from)}/${name}`, `engine/${name}`, name, `tests/${name}`];
    return places.find((p) => existsSync(join(root, p))) ?? null;
}
