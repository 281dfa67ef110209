// A layout drawn small.
import type { Layout } from './layers';

type Box = readonly [x: number, y: number, width: number, height: number];
const all: Box = [0, 0, 32, 18];
const boxes: Readonly<Record<Layout, readonly Box[]>> = {
  full: [all],
  side_by_side: [[0, 0, 16, 18], [16, 0, 16, 18]],
  corner_top_left: [all, [3, 3, 11, 6]],
  corner_top_right: [all, [18, 3, 11, 6]],
  corner_bottom_left: [all, [3, 9, 11, 6]],
  corner_bottom_right: [all, [18, 9, 11, 6]],
  three_up: [[0, 0, 21, 18], [21, 0, 11, 9], [21, 9, 11, 9]],
  quad: [[0, 0, 16, 9], [16, 0, 16, 9], [0, 9, 16, 9], [16, 9, 16, 9]],
  speaker_and_wall: [[0, 0, 13, 18], [13, 0, 19, 18]],
};

export function LayoutSign({ layout }: { layout: Layout }) {
  return (
    <svg class="layout-sign" viewBox="-1 -1 34 20" aria-hidden="true">
      {boxes[layout].map(([x, y, width, height], at) => (
        <rect key={at} x={x} y={y} width={width} height={height} class={at === boxes[layout].length - 1 && at > 0 ? 'front' : ''} />
      ))}
    </svg>
  );
}
