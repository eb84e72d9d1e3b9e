import { z } from 'zod';

/** A decimal written out: JSON's numbers are floats, and would change some amounts on their way. */
const decimal = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^(0|[1-9]\\d{0,${digits - 1}})(\\.\\d{1,2})?$`), `write a decimal as text, such as "19.99"`);

const discountPercent = decimal(3).refine((percent) => Number(percent) <= 100, 'is more than 100');

export const newProduct = z.strictObject({
  // Neither control characters, of which PostgreSQL refuses NUL, nor lone surrogates, which it cannot store.
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a character that cannot be stored'),
  price: decimal(10),
  discountPercent: discountPercent.default('0'),
});

export const newDiscount = z.strictObject({ discountPercent });

export const byId = z.object({ id: z.uuid() });
