import { z } from 'zod';

/** A decimal written out: JSON's numbers are floats, and would change some amounts on their way. */
const decimal = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^(0|[1-9]\\d{0,${digits - 1}})(\\.\\d{1,2})?$`), `write a decimal as text, such as "19.99"`);

/** Text without control characters, of which PostgreSQL refuses NUL, and lone surrogates, which it cannot store. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a character that cannot be stored');

/** RFC 3339, not finer than the database keeps it, nor with a year or an offset that it does not know. */
const instant = z.iso
  .datetime({ offset: true })
  .regex(
    /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):\d\d)$/,
    'write an instant with its zone and at most six decimals, such as "2026-01-31T12:00:00.123456Z"',
  );

/** A positive bigint. Text, as a JavaScript number loses digits past 2^53. */
const bigint = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, { error: 'is not an integer from 1', abort: true })
  .refine((digits) => BigInt(digits) < 2n ** 63n, 'is too large');

const name = text(200).trim().min(1);

const attributes = z
  .record(text(50).min(1), text(200))
  .refine((entries) => Object.keys(entries).length <= 20, 'has more than 20 entries');

const discountPercent = decimal(3).refine((percent) => Number(percent) <= 100, 'is more than 100');

export const newProduct = z.strictObject({
  name,
  price: decimal(10),
  discountPercent: discountPercent.default('0'),
  attributes: attributes.default({}),
});

export const newDiscount = z.strictObject({ discountPercent });

export const byId = z.object({ id: z.uuid() });

export const byName = z.strictObject({ name: name.optional() });

export const changesWanted = z.strictObject({ since: instant.optional(), before: bigint.optional() });
