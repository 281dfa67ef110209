// Transition shaders on a page: one WebGL 2 canvas draws all that are in sight, cell by cell, between the same head and
// foot as the engine's. GLSL ES is stricter than what the collection leans on, in three things: they are put right here.
import head from '../../../../shaders/layers/transition_head.glsl';
import foot from '../../../../shaders/layers/transition_main.glsl';
import { takeKey } from '../../shared/key';

export const previewSize = { width: 96, height: 54 };
const { width, height } = previewSize;
const columns = 4;
const rows = 8;
const round = 3200; // milliseconds of a preview: there, and a rest
const every = 80; // milliseconds between two pictures: enough to see the motion, cheap on a laptop

const vertex = `#version 300 es
in vec2 at;
out vec2 tribune_uv;
void main() { tribune_uv = at * 0.5 + 0.5; gl_Position = vec4(at, 0.0, 1.0); }`;

export interface Parameter {
  name: string;
  type: string;
  value: number[];
}

// Globals made from uniforms are set when a picture begins, constants of functions may be made from anything, and a
// function called texture gets another name.
export function fragmentOf(glsl: string): string {
  const begins: string[] = [];
  let depth = 0;
  const lines = glsl.split('\n').map((line) => {
    const outside = depth === 0;
    const code = line.replace(/\/\/.*/, '');
    depth += (code.match(/{/g)?.length ?? 0) - (code.match(/}/g)?.length ?? 0);
    const made = outside ? /^\s*(?:const\s+)?((?:float|int|bool|[ib]?vec[234]|mat[234])\s+)(\w+)\s*=\s*([^;]+);/.exec(code) : null;
    if (!made) return outside ? line : line.replace(/\bconst\s+(?=(?:float|vec[234])\s+\w+\s*=)/g, '');
    begins.push(`${made[2] ?? ''} = ${made[3] ?? ''};`);
    return `${made[1] ?? ''}${made[2] ?? ''};`;
  });
  const renamed = /\b\w+\s+texture\s*\(/.test(glsl) ? '#define texture own_texture\n' : '';
  return `#version 300 es
precision highp float;
precision highp int;
${head}
${renamed}${lines.join('\n')}
#undef texture
#define main tribune_main
${foot}
#undef main
void main() { ${begins.join(' ')} tribune_main(); }`;
}

function standIn(letter: string, top: string, bottom: string): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  const ground = pen.createLinearGradient(0, 0, 0, height);
  ground.addColorStop(0, top);
  ground.addColorStop(1, bottom);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#fff';
  pen.font = `bold ${height * 0.6}px sans-serif`;
  pen.textAlign = 'center';
  pen.fillText(letter, width / 2, height * 0.7);
  return canvas;
}

function ramp(): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: 256, height: 1 });
  const pen = canvas.getContext('2d');
  const grey = pen?.createLinearGradient(0, 0, 256, 0);
  if (!pen || !grey) return canvas;
  grey.addColorStop(0, '#000');
  grey.addColorStop(1, '#fff');
  pen.fillStyle = grey;
  pen.fillRect(0, 0, 256, 1);
  return canvas;
}

let shared: WebGL2RenderingContext | null | undefined;

function context(): WebGL2RenderingContext | null {
  if (shared !== undefined) return shared;
  const canvas = Object.assign(document.createElement('canvas'), { width: width * columns, height: height * rows });
  const gl = canvas.getContext('webgl2', { preserveDrawingBuffer: true, antialias: false, depth: false, powerPreference: 'low-power' });
  shared = gl;
  if (gl === null) return gl;
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  [standIn('A', '#7c2d12', '#b45309'), standIn('B', '#0c4a6e', '#0f766e'), ramp()].forEach((picture, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  });
  return gl;
}

// False where the browser has no WebGL 2: effects are then shown by their names.
export const canPreview = (): boolean => context() !== null;

interface Ready {
  program: WebGLProgram;
  at: (uniform: string) => WebGLUniformLocation | null;
}

function compiled(gl: WebGL2RenderingContext, glsl: string): Ready | null {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragmentOf(glsl)]] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, 'at');
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) return null;
  const places = new Map<string, WebGLUniformLocation | null>();
  const at = (uniform: string): WebGLUniformLocation | null => {
    if (!places.has(uniform)) places.set(uniform, gl.getUniformLocation(program, uniform));
    return places.get(uniform) ?? null;
  };
  gl.useProgram(program);
  for (let i = 0; i < gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS); i++) {
    const uniform = gl.getActiveUniform(program, i);
    if (uniform?.type === gl.SAMPLER_2D) gl.uniform1i(at(uniform.name), { tribune_from: 0, tribune_to: 1 }[uniform.name] ?? 2);
  }
  gl.uniform4f(at('tribune_seen'), 0, 0, 1, 1);
  gl.uniform1i(at('tribune_opaque'), 1);
  gl.uniform1f(at('ratio'), width / height);
  return { program, at };
}

const known = new Map<string, Promise<Ready | null>>();

async function load(gl: WebGL2RenderingContext, name: string): Promise<Ready | null> {
  const answer = await fetch(`/api/transitions/${encodeURIComponent(name)}.glsl`, { headers: { Authorization: `Bearer ${takeKey()}` } });
  return answer.ok ? compiled(gl, await answer.text()) : null;
}

function setValue(gl: WebGL2RenderingContext, at: WebGLUniformLocation | null, { type, value }: Parameter): void {
  const whole = type === 'bool' || type.startsWith('i');
  const set = whole ? [gl.uniform1iv, gl.uniform2iv, gl.uniform3iv, gl.uniform4iv] : [gl.uniform1fv, gl.uniform2fv, gl.uniform3fv, gl.uniform4fv];
  set[value.length - 1]?.call(gl, at, value);
}

interface Shown {
  canvas: HTMLCanvasElement;
  parameters: () => readonly Parameter[];
  ready: Ready | null;
}

const inSight = new Set<Shown>();
let timer: ReturnType<typeof setTimeout> | undefined;

function drawAll(): void {
  timer = undefined;
  const gl = context();
  if (gl === null || inSight.size === 0) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const share = (performance.now() % round) / round;
  const progress = still ? 0.5 : Math.min(share * 1.4, 1);
  const drawn = [...inSight].filter((one) => one.ready !== null).slice(0, columns * rows);
  if (!document.hidden) {
    drawn.forEach(({ ready, parameters }, cell) => {
      if (!ready) return;
      gl.viewport((cell % columns) * width, Math.floor(cell / columns) * height, width, height);
      gl.useProgram(ready.program);
      gl.uniform1f(ready.at('progress'), progress);
      for (const parameter of parameters()) setValue(gl, ready.at(parameter.name), parameter);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    });
    drawn.forEach(({ canvas }, cell) => {
      const top = (rows - 1 - Math.floor(cell / columns)) * height;
      canvas.getContext('2d')?.drawImage(gl.canvas, (cell % columns) * width, top, width, height, 0, 0, width, height);
    });
  }
  timer = setTimeout(drawAll, still ? 10 * every : every);
}

// Draws the effect onto the canvas while it can be seen, until the returned function is called. `failed`: this browser
// cannot run it.
export function showPreview(canvas: HTMLCanvasElement, name: string, parameters: () => readonly Parameter[], failed: () => void): () => void {
  const gl = context();
  const shown: Shown = { canvas, parameters, ready: null };
  if (gl === null) return () => undefined;
  let gone = false;
  const sight = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) inSight.delete(shown);
    else {
      inSight.add(shown);
      const loading = known.get(name) ?? load(gl, name).catch(() => null);
      known.set(name, loading);
      void loading.then((ready) => {
        shown.ready = ready;
        if (ready === null) known.delete(name); // asked for again when it is next shown
        if (ready === null && !gone) failed();
        timer ??= setTimeout(drawAll, 0);
      });
      timer ??= setTimeout(drawAll, 0);
    }
  });
  sight.observe(canvas);
  return () => {
    gone = true;
    sight.disconnect();
    inSight.delete(shown);
  };
}
