import { expect, test } from 'vitest';
import { text, textUpTo } from './text.ts';

test.each(['', ' a ', 'two\nlines\t', 'Zoë', '😀', '\u2028', "'; --"])('%j is taken as it is', (value) => {
  expect(text.parse(value)).toBe(value);
});

test.each(['\0', 'a\0b', '\ud83d', 'a\ude00', 1, null])('%j is refused', (value) => {
  expect(text.safeParse(value).success).toBe(false);
});

test.each([
  ['😀😀', true],
  ['😀😀😀', false],
  ['abc', false],
  ['', true],
])('of at most two characters is %s: %s', (value, taken) => {
  expect(textUpTo(2).safeParse(value).success).toBe(taken);
});
