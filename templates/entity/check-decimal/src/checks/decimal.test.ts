import { describe, expect, test } from 'vitest';
import { decimal } from './decimal.ts';

const taken = (digits: number, places: number, value: unknown) => decimal(digits, places).safeParse(value).success;

describe('of four digits, two of them places,', () => {
  test.each(['0', '0.00', '7', '-7', '99.99', '-99.99', '-0.01', '1.5'])('%s is taken', (value) => {
    expect(taken(4, 2, value)).toBe(true);
  });

  test.each(['100', '0.001', '-0', '-0.0', '', '-', '.5', '1.', '01', '+1', '1e1', 'NaN', 1.5, null])(
    '%j is refused',
    (value) => {
      expect(taken(4, 2, value)).toBe(false);
    },
  );
});

test.each([
  [2, 0, '99', true],
  [2, 0, '99.0', false],
  [2, 2, '0.99', true],
  [2, 2, '1', false],
])('of %i digits, %i of them places, %s is taken: %s', (digits, places, value, expected) => {
  expect(taken(digits, places, value)).toBe(expected);
});
