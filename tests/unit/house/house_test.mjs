// The rules of the house hold for every file in it; and each rule finds the fault it is there for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths, read } from '../../../tools/house/tree.mjs';
import * as house from './house.mjs';
import { mostLines } from './rules.mjs';

const isText = (path) => !/\.(png|jpe?g|webp|ico|woff2?|ttf|wav|ogg|mp4|mkv|bin)$/.test(path);
const tree = new Map(paths().filter(isText).map((path) => [path, read(path)]));
const sample = (files) => new Map(Object.entries(files));
const listed = (faults) => `\n  ${faults.join('\n  ')}\n`;

// Runs a check over the house, and over a sample whose faults must be exactly those that match `expected`.
function rule(name, check, bad, expected) {
    test(name, () => {
        const faults = check(tree);
        assert.equal(faults.length, 0, listed(faults));
    });
    test(`${name}: breaking it is found`, () => {
        const faults = check(sample(bad));
        assert.equal(faults.length, expected.length, listed(faults));
        expected.forEach((pattern, i) => assert.match(faults[i], pattern));
    });
}

test('the table of rooms goes downward only', () => {
    assert.deepEqual(house.tableFaults(), []);
    assert.equal(house.tableFaults([{ name: 'low', uses: ['high'] }, { name: 'high', uses: [] }]).length, 1);
});

rule('rooms include downward, and libraries where they live', house.includeFaults, {
    'engine/base/result.hpp': '#include <string>\n#include <fmt/format.h>\n',
    'engine/net/server.hpp': '#include <libwebsockets.h>\n#include "base/result.hpp"\n',
    'engine/show/state.hpp': '',
    'engine/show/state.cpp': '#include <vector>\n#include "show/state.hpp"\n',
    'engine/store/journal.cpp': '#include "net/server.hpp"\n# include <SDL2/SDL.h>\n',
    'engine/wall/terms.cpp': '#include "result.hpp"\n#include "../base/result.hpp"\n#include "engine/base/result.hpp"\n',
    'engine/app/main.cpp': '#include "net/server.hpp"\n#include "kinds.inc"\n',
    'engine/app/CMakeLists.txt': 'file(CONFIGURE OUTPUT kinds.inc)',
    'capture/source.cpp': '#include "kinds.inc"\n',
}, [
    /show\/state\.cpp: include "show\/state\.hpp" first/,
    /journal\.cpp:1: store may not include net/,
    /journal\.cpp:2: SDL may be included only by displays/,
    /terms\.cpp:1: .*no file of a room/,
    /terms\.cpp:2: .*no file of a room/,
    /terms\.cpp:3: .*no file of a room/,
    /source\.cpp:1: "kinds\.inc" is no file/,
]);

rule('files name what the prefix brings', house.prefixFaults, {
    'engine/base/names.hpp': '#include <string>\nstd::string_view a;  // std::vector\n',
    'engine/base/names.cpp': '#include "base/names.hpp"\nstd::string b = "std::map";\nstd::optional<int> c;\n',
    'engine/base/alone.hpp': 'std::vector<int> d;\n',
}, [/names\.cpp: says std::optional, so include <optional>/, /alone\.hpp: says std::vector/]);

rule('no two types share a name', house.twinFaults, {
    'engine/base/a.hpp': 'namespace tribune {\nstruct Layer {\n};\nstruct Other;\n}\n',
    'engine/show/b.hpp': 'namespace tribune {\nclass Layer final : public X {\nstruct Other {\n',
    'engine/net/c.hpp': 'namespace tribune::net {\nstruct Layer {\n',
}, [/b\.hpp: tribune::Layer is a type in engine\/base\/a\.hpp/]);

rule('every room declares what it uses', house.cmakeFaults, {
    'CMakeLists.txt': 'foreach(room IN ITEMS engine/base engine/link engine/voice)',
    'engine/base/time.cpp': '',
    'engine/link/CMakeLists.txt': 'tribune_room(links USES base SOURCES a.cpp)',
    'engine/link/a.cpp': '',
    'engine/voice/CMakeLists.txt': 'tribune_room(voice\n  USES base show\n  SOURCES room.cpp)',
    'engine/voice/room.cpp': '',
    'engine/show/CMakeLists.txt': 'tribune_room(show USES voice SOURCES state.cpp)',
    'engine/show/state.cpp': '#include "base/time.hpp"\n#include "voice/room.hpp"\n',
}, [/engine\/base has code but no CMake/, /declare tribune_room\(link/, /voice may not use show/,
    /engine\/show is not in the list/, /show includes base/]);

rule('files stay short', house.sizeFaults, {
    'engine/base/a.cpp': 'x\n'.repeat(mostLines),
    'engine/base/b.cpp': 'x\n'.repeat(mostLines + 1),
    'assets/words/fr.tsv': 'x\n'.repeat(5000),
}, [/b\.cpp has 601 lines/]);

rule('nothing is left unfinished', house.unfinishedFaults, {
    'engine/base/a.cpp': `// ${'TO'}DO: later\nint hackney = 1;\n`,
    'assets/web/table.ts': `// ${'FIX'}ME\n`,
}, [/a\.cpp:1/, /table\.ts:1/]);

rule('C++ files are named in snake_case', house.nameFaults, {
    'engine/base/Time.cpp': '',
    'engine/base/fine_name.hpp': '#pragma once\n',
    'engine/base/two-words.hpp': '// none\n',
}, [/Time\.cpp/, /two-words\.hpp: name/, /two-words\.hpp: add #pragma once/]);

rule('nothing names one machine or one registry', house.strangerFaults, {
    'a.md': `see ${'/ho'}me/ann/film.mp4 and https://example.org/work/home/x\n`,
    'package-lock.json': `  "reso${'lved'}": "https://example.org/x.tgz"\n`,
    'b.sh': `curl https://${'regis'}try.example.org/x\n`,
}, [/a\.md:1/, /package-lock\.json:1/, /b\.sh:1/]);

rule('every dependency is listed with its reason', house.dependencyFaults, {
    'tools/setup/dependencies.tsv': '# list\napt\tg++\teverywhere\tcompiler\nnpm\told\tpages\twas used once\nnpm\tnew\n',
    'package.json': '{"devDependencies": {"fresh": "1.0.0", "new": "1.0.0"}}',
}, [/"npm\tnew" is not/, /fresh is missing/, /old is not in package\.json/]);
