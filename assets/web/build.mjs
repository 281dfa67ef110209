// Builds the pages into assets/web/dist/: one script and one style sheet a page, named by their content, and
// the HTML that loads them. `--watch` builds again on every change.
import { build, context } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const budget = 60_000; // bytes of a table's or a phone's page, gzipped, script and styles together

// name of the HTML file -> entry, title before the script has run
const pages = [
  { name: 'index', entry: 'index/main.tsx', title: 'Tribune' },
  { name: 'table', entry: 'table/main.tsx', title: 'Tribune · Table', budget },
  { name: 'voice', entry: 'voice/main.tsx', title: 'Tribune', budget },
  { name: 'tally', entry: 'tally/main.tsx', title: 'Tribune · Voyant' },
  { name: 'desk-producer', entry: 'desk/producer/main.tsx', title: 'Tribune · Régie' },
  { name: 'desk-stage', entry: 'desk/stage/main.tsx', title: 'Tribune · Technique' },
  { name: 'desk-facilitator', entry: 'desk/facilitator/main.tsx', title: 'Tribune · Facilitation' },
  { name: 'desk-show', entry: 'desk/show/main.tsx', title: 'Tribune · Conduite' },
];

const html = ({ title, script, style }) => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/tribune.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/${style}">
<script src="/assets/${script}" defer></script>
</head>
<body>
<div id="page"></div>
<noscript>Cette page a besoin de JavaScript. · This page needs JavaScript.</noscript>
</body>
</html>
`;

async function writePages(metafile) {
  const outputs = Object.entries(metafile.outputs);
  for (const page of pages) {
    const [script, made] = outputs.find(([, o]) => o.entryPoint?.endsWith(`web/${page.entry}`)) ?? [];
    if (!script || !made.cssBundle) throw new Error(`${page.entry} gave no script or no styles`);
    await writeFile(
      join(dist, `${page.name}.html`),
      html({ title: page.title, script: basename(script), style: basename(made.cssBundle) }),
    );
    const size = (await Promise.all([script, made.cssBundle].map((f) => readFile(f)))).reduce(
      (sum, bytes) => sum + gzipSync(bytes).length,
      0,
    );
    console.log(`${page.name.padEnd(16)} ${(size / 1000).toFixed(1).padStart(6)} kB gzipped`);
    if (page.budget && size >= page.budget) throw new Error(`the ${page.name} page is over its ${page.budget / 1000} kB`);
  }
  await copyFile(join(here, 'tribune.svg'), join(dist, 'assets/tribune.svg'));
}

const options = {
  entryPoints: pages.map((p) => ({ in: join(here, p.entry), out: p.name })),
  outdir: join(dist, 'assets'),
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2019', 'chrome70', 'safari13', 'firefox68'],
  // Old Safari gets rare forms of destructuring wrong; the pages use none of those.
  supported: { destructuring: true },
  loader: { '.glsl': 'text' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [
    {
      name: 'pages',
      setup: (b) => b.onEnd((result) => (result.errors.length === 0 ? writePages(result.metafile) : undefined)),
    },
  ],
};

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'assets'), { recursive: true });
if (process.argv.includes('--watch')) await (await context(options)).watch();
else await build(options);
