// A few moving JPEGs for each source, made once by ffmpeg and kept in the build folder.
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../build/web-mock');
const count = 12;

export interface Frames {
  all: Map<string, Buffer[]>;
  at: number;
}

const looks = [
  'gradients=s=640x360:r=6:n=4:c0=0x1b2a49:c1=0xf2b134:c2=0xe8694a:c3=0x14171f:speed=0.03:seed=3',
  'gradients=s=640x360:r=6:n=3:c0=0x0e3b43:c1=0x4fb3a5:c2=0xf7f4ee:speed=0.04:seed=8',
  'gradients=s=640x360:r=6:n=3:c0=0x35155d:c1=0xe8694a:c2=0xf2b134:type=radial:speed=0.03:seed=5',
  'gradients=s=640x360:r=6:n=3:c0=0x101c3d:c1=0x6f8fe8:c2=0xd7e0fb:type=spiral:speed=0.02:seed=9',
  'mandelbrot=s=640x360:r=6',
  'testsrc2=s=640x360:r=6',
];

export async function frames(names: string[]): Promise<Frames> {
  const all = new Map<string, Buffer[]>();
  for (const [at, name] of names.entries()) {
    const own = join(folder, `${at}`);
    await mkdir(own, { recursive: true });
    if ((await readdir(own)).length < count) {
      const look = looks[at % looks.length] ?? 'testsrc2=s=640x360:r=6';
      await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', look, '-frames:v', `${count}`, '-q:v', '5', join(own, '%02d.jpg')]);
    }
    const files = (await readdir(own)).sort();
    all.set(name, await Promise.all(files.map((file) => readFile(join(own, file)))));
  }
  return { all, at: 0 };
}
