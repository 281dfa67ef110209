// Programs in a build folder, by name.
import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';

function runs(path) {
    try {
        accessSync(path, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

export function executables(folder, name) {
    return readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => {
            const path = join(folder, entry.name);
            if (entry.isDirectory() && entry.name !== 'CMakeFiles') return executables(path, name);
            return entry.isFile() && name.test(entry.name) && runs(path) ? [path] : [];
        })
        .sort();
}
