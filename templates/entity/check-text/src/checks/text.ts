import { z } from 'zod';

/** Text that the database can store: without NUL and lone surrogates. */
export const text = z.string().refine(isStorable, 'holds a character that cannot be stored');

/** @param most in characters as the database counts them, not in UTF-16 units */
export const textUpTo = (most: number) => text.refine((value) => [...value].length <= most, `is longer than ${most}`);

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}
