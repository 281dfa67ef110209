// Identities made on this device. crypto.randomUUID needs a secure context, getRandomValues does not.

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

// UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits.
export function uuid7(now: number = Date.now(), random = crypto.getRandomValues(new Uint8Array(16))): string {
  const bytes = random.slice();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

export const randomHex = (size: number): string => hex(crypto.getRandomValues(new Uint8Array(size)));
