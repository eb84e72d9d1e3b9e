import { z } from 'zod';

/** A bigint as text without leading zeros: a JavaScript number loses digits past 2^53. */
export const bigint = z.string().refine(isBigint, 'is not an integer as text, from -2^63 to 2^63 - 1');

function isBigint(value: string): boolean {
  return /^(0|-?[1-9]\d{0,18})$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
}
