import { describe, expect, test } from 'vitest';
import type { ColumnType, ColumnValue } from '../column.ts';
import { causeOf } from './cause-of.ts';

const typeOf = (name: string, element?: ColumnType): ColumnType => {
  const type = { sql: name, plain: name, name, modifier: -1 };
  return element ? { ...type, element } : type;
};

const cases: [string, ColumnValue, unknown, RegExp][] = [
  ['numeric', '7.00', 7, /^the trailing zeros were lost/],
  [
    'numeric',
    '12345678901234567890.12',
    Number('12345678901234567890.12'),
    /^rounded to a float: it went through Number/,
  ],
  ['numeric', '0.10', Math.fround(0.1), /^rounded to a float of 32 bits/],
  ['numeric', '1234567.89', '1234568.00', /^rounded to an integer/],
  ['numeric', '1234567890123456789.01', Number('1234567890123456789.01').toFixed(2), /^rounded to a float/],
  ['numeric', '1.99', '1', /^cut to an integer: parseInt/],
  ['numeric', '1.999', '1.99', /^cut to 2 places/],
  ['numeric', '1.996', '2.00', /^rounded to an integer/],
  ['numeric', '1.256', '1.26', /^rounded to 2 places/],
  ['numeric', '-1.50', '1.50', /^the sign was lost/],
  ['numeric', '1234.50', '1,234.50', /^it is not a number any more/],
  ['int8', '9007199254740993', 9007199254740992, /^it went through Number, which is exact up to 9007199254740991 only/],
  ['int8', '9223372036854775807', 2 ** 63, /^it went through Number/],
  ['int8', '2147483648', '-2147483648', /^cut to 32 bits/],
  ['int4', '-5', '5', /^the sign was lost/],
  ['timestamptz', '2024-03-10T07:00:00.123456Z', new Date('2024-03-10T07:00:00.123Z'), /^cut to milliseconds \(a Date/],
  ['timestamptz', '2024-03-10T07:00:00.123456Z', '2024-03-10T07:00:00Z', /^cut to seconds$/],
  ['timestamptz', '2024-03-10T07:00:00Z', '2024-03-10T12:30:00Z', /^shifted by a time zone \(\+05:30\)$/],
  [
    'timestamptz',
    '1970-01-01T00:00:00.000001Z',
    '1969-12-31T20:30:00.000Z',
    /^cut to milliseconds .*, and shifted by a time zone \(-03:30\)$/,
  ],
  ['timestamptz', '2024-03-10T07:00:00Z', '2024-03-10T07:00:00', /^written without its offset/],
  ['timestamptz', '2024-03-10T07:00:00Z', 'Sun Mar 10 2024', /^it is not in ISO 8601/],
  ['timestamp', '2024-03-10T02:30:00', '2024-03-10T03:30:00', /^shifted by a time zone \(\+01:00\)$/],
  ['timestamp', '2024-03-10T02:30:00', '2024-03-09T21:00:00Z', /^shifted by a time zone \(-05:30\)$/],
  ['date', '2024-03-10', '2024-03-09', /^the date became the day before: it went through a Date/],
  ['date', '2024-03-10', '2024-03-11', /^the date became the day after/],
  [
    'date',
    '2024-03-10',
    new Date('2024-03-09T18:30:00Z'),
    /^the date became the day before, and became a point in time/,
  ],
  ['date', '2024-03-10', '3/10/2024', /not in ISO 8601/],
  ['text', 'a\ud800', 'a\ufffd', /^a lone surrogate was replaced by U\+FFFD/],
  ['text', 'a😀', 'a\ufffd', /^replaced by U\+FFFD: bytes were cut/],
  ['text', 'a😀', 'a\ud83d', /^cut in the middle of a character beyond U\+FFFF/],
  ['text', 'e\u0301', 'é', /^normalised to NFC/],
  ['text', ' a', 'a', /^trimmed/],
  ['text', 'é', 'Ã©', /^UTF-8 was read as Latin-1/],
  ['text', '<b>', '&lt;b&gt;', /^escaped as HTML/],
  ['text', "O'R", "O''R", /quotes were doubled/],
  ['text', 'a\r\nb', 'a\nb', /line ends/],
  ['text', '한글', '??', /^stored as ASCII/],
  ['text', '😀', '?', /^stored as/],
  ['text', 'abc', 'ab', /^cut after 2 of 3 characters/],
  ['text', 'a\0b', 'ab', /NUL|control/],
  ['jsonb', '{"a":{"b":1,"c":2}}', { a: { c: 2 } }, /^a field of the JSON was lost: a\.b$/],
  ['jsonb', '{"a":[1,{"b":null}]}', '{"a":[1,{}]}', /^a field of the JSON was lost: a\[1\]\.b$/],
  ['jsonb', '{"a":9007199254740993}', '{"a":9007199254740992}', /^the number a went through JSON\.parse/],
  ['jsonb', '[1,2]', [1], /^the document had 2 elements, and has 1$/],
  ['jsonb', '{}', '"{}"', /^encoded as JSON twice/],
  ['jsonb', '{"a":1}', { a: '1' }, /^a changed from 1 to "1"$/],
  ['jsonb', '{"a b":1}', { 'a b': 1, c: 2 }, /^a field was added to the JSON: c$/],
  ['bytea', '\\xff', Buffer.from('\ufffd'), /^bytes were read as UTF-8/],
  ['bytea', '\\xff', '/w==', /base64/],
  ['bool', 'true', 'yes', /^a boolean became another type/],
  ['text', null, '', /^NULL became the empty text/],
  ['int4', null, 0, /^NULL became 0/],
  ['text', '', null, /^the empty text became NULL: is it taken for nothing/],
  ['text', 'a', undefined, /^nothing came back/],
];

test.for(cases)('%s %j that came back as %s', ([type, written, came, cause]) => {
  expect(causeOf(typeOf(type), written, came)).toMatch(cause);
});

describe('a list', () => {
  const numbers = typeOf('array', typeOf('int8'));

  test.for<[(string | null)[], unknown[], string]>([
    [['1', null], ['1'], 'NULL in the array was lost'],
    [['1', '2'], ['1'], '2 elements became 1'],
    [['1', '2'], ['2', '1'], 'the order of the elements changed'],
    [
      ['1', '9007199254740993'],
      [1, 9007199254740992],
      'element 2: it went through Number, which is exact up to 9007199254740991 only',
    ],
  ])('%j that came back as %j', ([written, came, cause]) => {
    expect(causeOf(numbers, written, came)).toBe(cause);
  });
});

test('what it does not know, it does not guess', () => {
  expect(causeOf(typeOf('text'), 'a', 'b')).toBeUndefined();
  expect(causeOf(typeOf('numeric'), '1.00', '2.00')).toBeUndefined();
  expect(causeOf(typeOf('timestamptz'), '2024-03-10T07:00:00Z', '2020-01-01T00:00:07Z')).toBeUndefined();
  expect(causeOf(typeOf('uuid'), 'a', 'b')).toBeUndefined();
});
