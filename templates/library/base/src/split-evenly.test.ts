import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitEvenly } from './split-evenly.ts';

test.each([
  [1000n, 3, [334n, 333n, 333n]],
  [-1000n, 3, [-333n, -333n, -334n]],
  [2n, 4, [1n, 1n, 0n, 0n]],
  [0n, 2, [0n, 0n]],
  [7n, 1, [7n]],
])('%d in %d parts', (amount, count, parts) => {
  expect(splitEvenly(amount, count)).toEqual(parts);
});

describe('for every amount and count', () => {
  const parts = fc.tuple(fc.bigInt(), fc.integer({ min: 1, max: 1000 }));

  test('the parts make up the amount', () => {
    fc.assert(
      fc.property(parts, ([amount, count]) => {
        expect(splitEvenly(amount, count).reduce((sum, part) => sum + part)).toBe(amount);
      }),
    );
  });

  test('no two parts differ by more than one, and the greater come first', () => {
    fc.assert(
      fc.property(parts, ([amount, count]) => {
        const [first = 0n, ...others] = splitEvenly(amount, count);
        expect(others.every((part) => part === first || part === first - 1n)).toBe(true);
      }),
    );
  });
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d parts are refused', (count) => {
  expect(() => splitEvenly(1n, count)).toThrow(new RangeError(`${count} is not a number of parts`));
});
