import { expect, test } from 'vitest';
import type { ColumnType } from './column.ts';
import { readings } from './reading.ts';
import { showValue } from './round-trip-error.ts';

const typeOf = (name: string): ColumnType => ({ sql: name, plain: name, name, modifier: -1 });

test.for<[string, unknown, unknown[]]>([
  ['numeric', 1.5, ['1.5']],
  ['int8', 9007199254740993n, ['9007199254740993']],
  ['bool', true, ['true']],
  ['timestamptz', new Date(0), ['1970-01-01T00:00:00.000Z']],
  ['timestamptz', new Date('soon'), ['Invalid Date']],
  ['bytea', Buffer.from('a'), ['\\x61']],
  ['text', { a: 1 }, ['{"a":1}']],
  ['text', null, [null]],
  ['text', undefined, []],
  ['jsonb', { a: 1n }, ['{"a":1}']],
  ['jsonb', 'a', ['"a"']],
  ['jsonb', '1', ['1', '"1"']],
  ['jsonb', null, [null, 'null']],
])('what JavaScript has for %s: %s', ([type, came, expected]) => {
  expect(readings(typeOf(type), came)).toEqual(expected);
});

test('a list is read by its elements', () => {
  expect(readings({ ...typeOf('array'), element: typeOf('int8') }, [1n, null])).toEqual([['1', null]]);
});

test.for<[unknown, string]>([
  [null, 'NULL'],
  [undefined, 'nothing (undefined)'],
  ['7.00', '"7.00"'],
  ['e\u0301', '"e\u0301" (U+0065 U+0301)'],
  ['\ud800', '"\\ud800" (U+D800)'],
  [7, '7 (a number)'],
  [7n, '7n (a bigint)'],
  [new Date(0), '1970-01-01T00:00:00.000Z (a Date)'],
  [Buffer.from('a'), '\\x61'],
  [['1', null], '["1",null]'],
  ['a'.repeat(300), `"${'a'.repeat(199)}… (302 characters)`],
])('a failure shows %s', ([value, text]) => {
  expect(showValue(value)).toBe(text);
});
