// Looks for broken rules of the house. A tree is a Map from path to text; each check returns sentences, one a
// fault, and none when all is well.
import { basename, dirname } from 'node:path';
import { includesOf } from '../../../tools/house/includes.mjs';
import { isCpp } from '../../../tools/house/tree.mjs';
import { isCode, libraries, mostLines, prefixed, promised, rooms, strangers, unfinished } from './rules.mjs';

const roomOf = (path) => rooms.find((r) => path.startsWith(`${r.folder}/`));
const allowed = (room) => (room.uses === 'all' ? rooms.map((r) => r.name) : room.uses);

// Where a quoted include leads: rooms are written from engine/, capture and displays from the root.
const target = (name) => (/^(capture|displays|encode)\//.test(name) ? name : `engine/${name}`);

function* lines(tree, wanted) {
    for (const [path, text] of tree) {
        if (!wanted(path)) continue;
        for (const [i, line] of text.split('\n').entries()) yield { path, number: i + 1, line };
    }
}

export function tableFaults(table = rooms) {
    const faults = [];
    const below = new Set();
    for (const room of table) {
        for (const name of room.uses === 'all' ? [] : room.uses) {
            if (!below.has(name)) faults.push(`${room.name} uses ${name}, which does not stand below it.`);
        }
        below.add(room.name);
    }
    return faults;
}

// Rooms include downward only, by their full names, their own header first, and libraries only where they live.
export function includeFaults(tree) {
    const faults = [];
    for (const [path, text] of tree) {
        const room = isCpp(path) && roomOf(path);
        if (!room) continue;
        const includes = includesOf(text);
        const own = path.replace(/^engine\//, '').replace(/\.cpp$/, '.hpp');
        if (path.endsWith('.cpp') && tree.has(target(own)) && includes[0]?.name !== own) {
            faults.push(`${path}: include "${own}" first, so that it is known to stand alone.`);
        }
        for (const { name, quoted, line } of includes) {
            const at = `${path}:${line}`;
            const library = libraries.find((l) => l.headers.test(name));
            if (library && !library.rooms.includes(room.name)) {
                faults.push(`${at}: ${library.name} may be included only by ${library.rooms.join(', ')}, not ${room.name}.`);
            }
            // A list of kinds that the room's own CMakeLists.txt makes.
            const made = name.endsWith('.inc') && tree.get(`${room.folder}/CMakeLists.txt`)?.includes(name);
            if (!quoted || made) continue;
            const used = roomOf(target(name));
            if (!used || !tree.has(target(name))) {
                faults.push(`${at}: "${name}" is no file of a room; write it like "base/result.hpp".`);
            } else if (used !== room && !allowed(room).includes(used.name)) {
                faults.push(`${at}: ${room.name} may not include ${used.name}; it may include ${allowed(room).join(', ') || 'no room'}.`);
            }
        }
    }
    return faults;
}

// Everything that a file includes, through our own headers too.
function* allIncludes(tree, path, seen = new Set()) {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { name, quoted } of includesOf(tree.get(path))) {
        yield name;
        for (const further of promised[name] ?? []) yield further;
        const ours = quoted && [target(name), `tests/${name}`, `${dirname(path)}/${name}`].find((p) => tree.has(p));
        if (ours) yield* allIncludes(tree, ours, seen);
    }
}

// What the prefix brings is named all the same: a file compiles without it, and a header stands alone.
export function prefixFaults(tree) {
    const faults = [];
    for (const [path, text] of tree) {
        if (!isCpp(path)) continue;
        const code = text.replace(/\/\/.*|"(\\.|[^"\\\n])*"/g, '');
        const brought = new Set(allIncludes(tree, path));
        for (const { header, names } of prefixed) {
            const said = code.match(names)?.[0];
            if (said && !brought.has(header)) faults.push(`${path}: says ${said}, so include <${header}>.`);
        }
    }
    return faults;
}

// Two types of one full name are one to the linker, whatever the compiler made of each.
export function twinFaults(tree) {
    const faults = [];
    const first = new Map();
    for (const [path, text] of tree) {
        if (!path.endsWith('.hpp') || !roomOf(path)) continue;
        let space = '';
        for (const line of text.split('\n')) {
            space = line.match(/^namespace ([\w:]+) \{/)?.[1] ?? space;
            const name = line.match(/^(?:struct|class|enum class) (?:\[\[.*\]\] )?(\w+)(?: final)?(?: :.*)? \{/)?.[1];
            if (!name) continue;
            const full = `${space}::${name}`;
            if (first.has(full)) faults.push(`${path}: ${full} is a type in ${first.get(full)} already: give it another name.`);
            else first.set(full, path);
        }
    }
    return faults;
}

// Every room has one CMake target, is part of the build, and names in USES what it includes.
export function cmakeFaults(tree) {
    const faults = [];
    for (const room of rooms) {
        const files = [...tree].filter(([path]) => isCpp(path) && roomOf(path) === room);
        if (files.length === 0) continue;
        const path = `${room.folder}/CMakeLists.txt`;
        const text = tree.get(path);
        if (text === undefined) {
            faults.push(`${room.folder} has code but no CMakeLists.txt.`);
            continue;
        }
        if (!new RegExp(`\\b${room.folder}\\b`).test(tree.get('CMakeLists.txt'))) {
            faults.push(`CMakeLists.txt: ${room.folder} is not in the list of rooms.`);
        }
        const words = text.match(new RegExp(`tribune_room\\(\\s*${room.name}\\b([^)]*)\\)`))?.[1];
        if (words === undefined) {
            faults.push(`${path}: declare tribune_room(${room.name} …).`);
            continue;
        }
        const uses = words.match(/\bUSES\s+([a-z\s]+)/)?.[1].trim().split(/\s+/) ?? [];
        for (const name of uses) {
            if (!allowed(room).includes(name)) faults.push(`${path}: ${room.name} may not use ${name}.`);
        }
        const included = new Set(
            files.flatMap(([, code]) => includesOf(code).filter((i) => i.quoted).map((i) => roomOf(target(i.name)))),
        );
        for (const used of included) {
            if (used && used !== room && !uses.includes(used.name)) {
                faults.push(`${path}: ${room.name} includes ${used.name}, so name it in USES.`);
            }
        }
    }
    return faults;
}

export function sizeFaults(tree) {
    return [...tree]
        .filter(([path]) => isCode(path))
        .map(([path, text]) => ({ path, count: text.split('\n').length - 1 }))
        .filter(({ count }) => count > mostLines)
        .map(({ path, count }) => `${path} has ${count} lines: split it by ideas (at most ${mostLines}).`);
}

export function unfinishedFaults(tree) {
    return [...lines(tree, isCode)]
        .filter(({ line }) => unfinished.test(line))
        .map(({ path, number }) => `${path}:${number}: finish it, or file it as an issue.`);
}

export function nameFaults(tree) {
    const snake = /^[a-z0-9]+(_[a-z0-9]+)*(\.(hpp|cpp))$/;
    const faults = [];
    for (const [path, text] of tree) {
        if (!isCpp(path)) continue;
        if (!snake.test(basename(path))) faults.push(`${path}: name C++ files in snake_case.`);
        if (/[A-Z-]/.test(dirname(path))) faults.push(`${path}: name C++ folders in snake_case.`);
        if (path.endsWith('.hpp') && !/^#pragma once$/m.test(text)) faults.push(`${path}: add #pragma once.`);
    }
    return faults;
}

export function strangerFaults(tree) {
    const faults = [];
    for (const { path, number, line } of lines(tree, () => true)) {
        for (const { name, pattern } of strangers) {
            if (pattern.test(line)) faults.push(`${path}:${number}: names ${name}.`);
        }
    }
    return faults;
}

// dependencies.tsv is the one list: package.json names the same npm packages.
export function dependencyFaults(tree) {
    const faults = [];
    const rows = tree.get('tools/setup/dependencies.tsv').split('\n').filter((l) => l && !l.startsWith('#'));
    const listed = new Set();
    for (const row of rows) {
        const [kind, name, where, why, ...rest] = row.split('\t');
        if (!/^(apt|npm)(-test)?$/.test(kind) || !name || !where || !why || rest.length > 0) {
            faults.push(`dependencies.tsv: "${row}" is not kind, name, where, why.`);
        } else if (listed.has(`${kind.slice(0, 3)} ${name}`)) {
            faults.push(`dependencies.tsv: ${name} is named twice.`);
        }
        listed.add(`${kind.slice(0, 3)} ${name}`);
    }
    const pages = JSON.parse(tree.get('package.json') ?? '{}');
    const wanted = new Set(Object.keys({ ...pages.dependencies, ...pages.devDependencies }));
    for (const name of wanted) {
        if (!listed.has(`npm ${name}`)) faults.push(`package.json: ${name} is missing in dependencies.tsv.`);
    }
    for (const entry of listed) {
        const name = entry.slice(4);
        if (entry.startsWith('npm') && !wanted.has(name)) faults.push(`dependencies.tsv: ${name} is not in package.json.`);
    }
    return faults;
}
