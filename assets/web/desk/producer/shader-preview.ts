// Transition shaders on a page: one WebGL canvas draws them all, two stand-in pictures go into each other.
import { takeKey } from '../../shared/key';

const width = 96;
const height = 54;

// The same meaning as shaders/layers/transition_head.glsl, in the GLSL that the collection is written for.
const vertex = 'attribute vec2 at; varying vec2 uv_; void main() { uv_ = at * 0.5 + 0.5; gl_Position = vec4(at, 0.0, 1.0); }';
const head = `precision highp float;
varying vec2 uv_; uniform sampler2D from_, to_; uniform float progress, ratio;
vec4 getFromColor(vec2 uv) { return texture2D(from_, uv); }
vec4 getToColor(vec2 uv) { return texture2D(to_, uv); }
`;
const foot = '\nvoid main() { gl_FragColor = vec4(transition(uv_).rgb, 1.0); }';

export interface Parameter {
  name: string;
  type: string;
  value: number[];
}

export interface Preview {
  // False when the browser cannot run it.
  draw: (onto: HTMLCanvasElement, progress: number, parameters: readonly Parameter[]) => boolean;
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

let shared: WebGLRenderingContext | null | undefined;

function context(): WebGLRenderingContext | null {
  if (shared !== undefined) return shared;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const gl = canvas.getContext('webgl', { preserveDrawingBuffer: true });
  shared = gl;
  if (gl === null) return gl;
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true);
  [standIn('A', '#7c2d12', '#b45309'), standIn('B', '#0c4a6e', '#0f766e')].forEach((picture, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  });
  return gl;
}

function compile(gl: WebGLRenderingContext, glsl: string): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, head + glsl + foot]] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, 'at');
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}

function setValue(gl: WebGLRenderingContext, at: WebGLUniformLocation | null, { type, value }: Parameter): void {
  const whole = type === 'bool' || type.startsWith('i');
  const set = whole ? [gl.uniform1iv, gl.uniform2iv, gl.uniform3iv, gl.uniform4iv] : [gl.uniform1fv, gl.uniform2fv, gl.uniform3fv, gl.uniform4fv];
  set[value.length - 1]?.call(gl, at, value);
}

// Asks the show for the shader's text; rejects when it cannot be had.
export async function loadPreview(name: string): Promise<Preview> {
  const answer = await fetch(`/api/transitions/${encodeURIComponent(name)}.glsl`, { headers: { Authorization: `Bearer ${takeKey()}` } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const glsl = await answer.text();
  const gl = context();
  const program = gl === null ? null : compile(gl, glsl);
  return {
    draw: (onto, progress, parameters) => {
      if (gl === null || program === null) return false;
      gl.useProgram(program);
      const at = (uniform: string): WebGLUniformLocation | null => gl.getUniformLocation(program, uniform);
      gl.uniform1i(at('from_'), 0);
      gl.uniform1i(at('to_'), 1);
      gl.uniform1f(at('progress'), progress);
      gl.uniform1f(at('ratio'), width / height);
      for (const parameter of parameters) setValue(gl, at(parameter.name), parameter);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      onto.getContext('2d')?.drawImage(gl.canvas, 0, 0, onto.width, onto.height);
      return true;
    },
  };
}

export const previewSize = { width, height };
