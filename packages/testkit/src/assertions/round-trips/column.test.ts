import { expect, test } from 'vitest';
import { describeColumn, lengthOf, precisionOf } from './column.ts';

const type = { sql: 'numeric(12,2)', plain: 'numeric', name: 'numeric', modifier: (12 << 16) + 2 + 4 };

test('precision and scale are read from the modifier', () => {
  expect(precisionOf(type)).toEqual({ precision: 12, scale: 2 });
  expect(precisionOf({ ...type, modifier: (5 << 16) + (-3 & 0x7ff) + 4 })).toEqual({ precision: 5, scale: -3 });
  expect(precisionOf({ ...type, modifier: -1 })).toBeUndefined();
});

test('so is the length of a string', () => {
  expect(lengthOf({ ...type, modifier: 7 })).toBe(3);
  expect(lengthOf({ ...type, modifier: -1 })).toBeUndefined();
});

test('a column is told with its type', () => {
  const column = { name: 'price', type, nullable: false, literals: [] };
  expect(describeColumn('products', column)).toBe('products.price (numeric(12,2))');
});
