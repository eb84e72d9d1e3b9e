import { randomUUID } from 'node:crypto';

/** Milliseconds, with twelve bits behind them that count within one. */
let last = 0n;

/**
 * An id that comes after those that were made before: by this process always, by others a millisecond before. Rows then lie
 * in the order in which they were made. A UUID of version 7: RFC 9562, 5.7.
 */
export function uuidV7(): string {
  const now = BigInt(Date.now()) << 12n;
  last = now > last ? now : last + 1n;
  const time = last.toString(16).padStart(15, '0');
  const variantAndRandom = randomUUID().slice(19);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${time.slice(12)}-${variantAndRandom}`;
}
