import { z } from 'zod';

/** A JSON document. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const deepest = 50;

/** A document that comes back as it is: no null at its top, which is not told from none at all. */
export const json = z.custom<Exclude<Json, null>>(
  (value) => value !== undefined && value !== null && isStorable(value, deepest),
  `is no JSON document without NUL, half characters, whole numbers past 2^53 and more than ${deepest} levels`,
);

function isStorable(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  // What JSON had may be lost already.
  if (typeof value === 'number') return Number.isFinite(value) && (!Number.isInteger(value) || isExact(value));
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' || value === null;
  if (levels === 0) return false;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [...entries].every(([key, each]) => isStorable(key, 0) && isStorable(each, levels - 1));
}

function isExact(value: number): boolean {
  return Number.isSafeInteger(value);
}
