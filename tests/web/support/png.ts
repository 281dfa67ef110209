// Reads the PNG files that the show writes: eight bits a channel, RGB or RGBA, not interlaced (W3C PNG, sections 9 and 11).
import { inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  channels: number;
  bytes: Uint8Array; // rows from the top, no padding
}

export function readPng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth, kind, , , interlaced] = file.subarray(24, 29);
  const channels = kind === 2 ? 3 : kind === 6 ? 4 : 0;
  if (file.toString('latin1', 1, 4) !== 'PNG' || depth !== 8 || channels === 0 || interlaced !== 0) throw new Error('not a PNG of the show');
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const lines = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const bytes = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const to = y * stride + x;
      const left = x < channels ? 0 : (bytes[to - channels] ?? 0);
      const up = y === 0 ? 0 : (bytes[to - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (bytes[to - stride - channels] ?? 0);
      bytes[to] = (lines[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return { width, height, channels, bytes };
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
}
