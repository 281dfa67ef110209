// What is in the house: every file of our own, by its path from the repository's root.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

// Made or brought by tools, never written by us (.gitignore names the same).
const foreign = new Set(['build', 'node_modules', 'dist', 'data']);

function* walk(folder) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
        const path = folder ? `${folder}/${entry.name}` : entry.name;
        if (entry.isDirectory()) {
            const hidden = entry.name.startsWith('.') && entry.name !== '.ci';
            if (!hidden && !foreign.has(entry.name)) yield* walk(path);
        } else if (entry.isFile()) {
            yield path;
        }
    }
}

export const paths = () => [...walk('')].sort();
export const read = (path) => readFileSync(join(root, path), 'utf8');

export const isCpp = (path) => /\.[ch]pp$/.test(path);
