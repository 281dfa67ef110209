// "3, 12-14" -> [3, 12, 13, 14]; what is no number is left out.
export function numbers(text: string): number[] {
  const list: number[] = [];
  for (const [, from, to] of text.matchAll(/(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?/g)) {
    const last = Math.min(Number(to ?? from), Number(from) + 1000);
    for (let n = Number(from); n <= last; n++) if (n > 0) list.push(n);
  }
  return [...new Set(list)].sort((a, b) => a - b);
}
