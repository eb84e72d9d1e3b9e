import { z } from 'zod';

/**
 * A decimal written out: JSON's numbers are floats, and would change some amounts on their way.
 *
 * @param digits of the column in all
 * @param places how many of them are behind the point
 */
export function decimal(digits: number, places: number) {
  const whole = digits > places ? `(0|[1-9]\\d{0,${digits - places - 1}})` : '0';
  const fraction = places > 0 ? `(\\.\\d{1,${places}})?` : '';
  // What is less than nothing is not zero: the database would drop the sign.
  const pattern = new RegExp(`^(?!-[0.]+$)-?${whole}${fraction}$`);
  return z
    .string()
    .regex(pattern, `write a decimal as text, with ${digits - places} digits and ${places} places at most`);
}
