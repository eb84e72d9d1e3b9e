import { z } from 'zod';

/** A day of the calendar, from the year 1 on. */
export const date = z.string().refine((value) => !value.startsWith('0000') && z.iso.date().safeParse(value).success, {
  error: 'write a date, such as "2026-01-31"',
});
