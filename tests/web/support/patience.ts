// What a test waits for comes soon or not at all.
export const patience = 15_000; // milliseconds for one act of a page, or one answer: in quiet nothing takes a second

export function within<T>(awaited: Promise<T>, what: string, limit = patience): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${limit / 1000} s in vain for ${what}`)), limit);
  });
  return Promise.race([awaited, late]).finally(() => clearTimeout(timer));
}
