// Checks the layout of all our C++ against .clang-format; with --write, lays it out.
import { spawnSync } from 'node:child_process';
import { isCpp, paths, root } from './tree.mjs';

const mode = process.argv.includes('--write') ? ['-i'] : ['--dry-run', '-Werror', '--ferror-limit=1'];
const files = paths().filter(isCpp);
const { status, error } = spawnSync('clang-format', [...mode, ...files], { cwd: root, stdio: 'inherit' });
if (error) {
    console.error(`format: clang-format does not start (${error.message}): run tools/setup/install.sh.`);
    process.exit(1);
}
if (status) console.error('format: run `make format`.');
process.exit(status);
