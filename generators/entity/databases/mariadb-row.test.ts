import { expect, test } from 'vitest';
import { text, varchar } from '../columns.ts';
import { checkRow } from './mariadb-row.ts';

const many = (count: number, longest: number) => Array.from({ length: count }, () => varchar('', longest));

test.each([
  [1, 10_000],
  [50, 300],
  [50, 64],
  [30, 63],
])('a row has room for %i strings of %i characters', (count, longest) => {
  expect(checkRow(many(count, longest))).toBeUndefined();
});

test.each([
  [2, 10_000, 'has room for 16383 characters in all strings with a bound'],
  [50, 330, 'has room for 16383 characters'],
  [50, 63, 'has no room for so many strings of up to 63 characters'],
])('but not for %i of %i', (count, longest, sentence) => {
  expect(checkRow(many(count, longest))).toContain(sentence);
});

test('strings without a bound are kept elsewhere', () => {
  expect(checkRow(Array.from({ length: 50 }, () => text('')))).toBeUndefined();
});
