import { expect, test } from 'vitest';
import { visible, visibleInJson } from './visible.ts';

test.each([
  ['ESC, which starts what a terminal obeys', '\u001b[31mred', '\\u001b[31mred'],
  ['an eight-bit control sequence', '\u009b31m', '\\u009b31m'],
  ['direction marks', 'a\u202eb\u2066c\u2069\u200f', 'a\\u202eb\\u2066c\\u2069\\u200f'],
  ['zero width', 'a\u200bb\u200dc\u2060\ufeff', 'a\\u200bb\\u200dc\\u2060\\ufeff'],
  ['a soft hyphen and a filler', 'a\u00adb\u3164', 'a\\u00adb\\u3164'],
  ['carriage return, bell and NUL', 'a\rb\u0007\u0000', 'a\\u000db\\u0007\\u0000'],
  ['line separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
  ['tags beyond the first plane', 'a\u{e0041}', 'a\\u{e0041}'],
  ['half of a character', 'a\ud800', 'a\\ud800'],
])('shows %s', (_what, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each(['lines\nand\ttabs', 'ünïcödé العربية 日本語', '👩‍👩‍👧 👍🏽 ❤️', 'e\u0301'])('leaves %j as it is', (text) => {
  expect(visible(text)).toBe(text);
});

test('in JSON they are escaped, and mean the same', () => {
  const value = { error: 'a\u202eb\u{e0041}\n"\ud800' };
  const text = visibleInJson(value);
  expect(text).toBe('{"error":"a\\u202eb\\udb40\\udc41\\n\\"\\ud800"}');
  expect(JSON.parse(text)).toEqual(value);
});
