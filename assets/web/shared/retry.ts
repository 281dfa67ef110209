// How long to wait before the next try: doubling from 0.25 s to 5 s, the upper half of each at random, so that
// a room of devices does not come back in one instant. The first wait is spread over the server's slot.

const first = 250;
const most = 5000;

export function retryDelay(attempt: number, slot: number, random: () => number = Math.random): number {
  if (attempt === 0) return random() * Math.max(first, slot);
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (random() * ceiling) / 2;
}
