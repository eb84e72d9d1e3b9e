import { z } from 'zod';

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):\d\d)$/;
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** RFC 3339, not finer than the database keeps it, nor with an offset or, in UTC, a year that it does not write the same. */
export const instant = z
  .string()
  .refine(isInstant, 'write an instant with its zone and at most six decimals, such as "2026-01-31T12:00:00.123456Z"');

function isInstant(value: string): boolean {
  if (!form.test(value) || !z.iso.datetime({ offset: true }).safeParse(value).success) {
    return false;
  }
  const time = Date.parse(value);
  return time >= earliest && time <= latest;
}
