import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microsecondsOf } from '../clock.ts';
import type { Column, ColumnType, ColumnValue } from '../column.ts';
import { unstorableValues } from './unstorable.ts';
import { valuesOf } from './values-of.ts';

const typeOf = (name: string, modifier = -1, more: Partial<ColumnType> = {}): ColumnType => ({
  sql: name,
  plain: name,
  name,
  modifier,
  ...more,
});
const columnOf = (type: ColumnType, nullable = false): Column => ({ name: 'value', type, nullable, literals: [] });
const numericOf = (precision: number, scale: number) => typeOf('numeric', (precision << 16) + (scale & 0x7ff) + 4);
const between = (text: string, low: bigint, high: bigint) => BigInt(text) >= low && BigInt(text) <= high;

const types: [string, ColumnType, (text: string) => boolean][] = [
  ['numeric(12,2)', numericOf(12, 2), (text) => /^-?\d{1,10}\.\d\d$/.test(text)],
  ['numeric(2,2)', numericOf(2, 2), (text) => /^-?0\.\d\d$/.test(text)],
  ['numeric(5,-3)', numericOf(5, -3), (text) => /^(0|-?\d{1,5}000)$/.test(text)],
  ['numeric', typeOf('numeric'), (text) => /^-?\d+\.\d{10}$/.test(text)],
  ['int2', typeOf('int2'), (text) => between(text, -32768n, 32767n)],
  ['int4', typeOf('int4'), (text) => between(text, -(2n ** 31n), 2n ** 31n - 1n)],
  ['int8', typeOf('int8'), (text) => between(text, -(2n ** 63n), 2n ** 63n - 1n)],
  ['float4', typeOf('float4'), (text) => Number.isFinite(Math.fround(Number(text)))],
  ['float8', typeOf('float8'), (text) => Number.isFinite(Number(text))],
  ['timestamptz', typeOf('timestamptz'), (text) => /\.\d{6}Z$/.test(text) && microsecondsOf(text) !== undefined],
  ['timestamptz(3)', typeOf('timestamptz', 3), (text) => /\.\d{3}Z$/.test(text) && microsecondsOf(text) !== undefined],
  ['timestamp(0)', typeOf('timestamp', 0), (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)],
  ['date', typeOf('date'), (text) => /^\d{4}-\d\d-\d\d$/.test(text) && microsecondsOf(text) !== undefined],
  ['time', typeOf('time'), (text) => /^[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}$/.test(text)],
  ['text', typeOf('text'), (text) => text.isWellFormed() && !text.includes('\0')],
  ['varchar(3)', typeOf('varchar', 7), (text) => text.isWellFormed() && [...text].length <= 3],
  ['char(2)', typeOf('bpchar', 6), (text) => [...text].length <= 2 && !text.endsWith(' ')],
  ['jsonb', typeOf('jsonb'), (text) => JSON.parse(text) !== undefined],
  ['bool', typeOf('bool'), (text) => text === 'true' || text === 'false'],
  ['uuid', typeOf('uuid'), (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)],
  ['bytea', typeOf('bytea'), (text) => /^\\x([0-9a-f]{2})*$/.test(text)],
  ['an enum', typeOf('enum', -1, { labels: ['happy', 'sad'] }), (text) => ['happy', 'sad'].includes(text)],
];

describe.for(types)('%s', ([, type, isValid]) => {
  const { edges, random } = valuesOf(columnOf(type));

  test('has valid values only', () => {
    expect(edges.filter((edge) => !isValid(edge as string))).toEqual([]);
    fc.assert(fc.property(random, (value) => isValid(value as string)));
  });

  test('has edge values that can be shrunk, since random values are made in the same way', () => {
    const document = type.name === 'jsonb' || type.name === 'enum' || type.name === 'uuid';
    if (!document) {
      expect(edges.filter((edge) => !random.canShrinkWithoutContext(edge))).toEqual([]);
    }
    expect(edges.length).toBeGreaterThan(1);
  });
});

test('the traps of each type are among its edge values', () => {
  const edgesOf = (type: ColumnType) => valuesOf(columnOf(type)).edges;
  expect(edgesOf(numericOf(12, 2))).toEqual(
    expect.arrayContaining(['0.00', '0.01', '-0.01', '0.10', '9999999999.99', '-9999999999.99', '1234567890.12']),
  );
  expect(edgesOf(typeOf('int8'))).toEqual(
    expect.arrayContaining(['9007199254740993', '9223372036854775807', '-9223372036854775808']),
  );
  expect(edgesOf(typeOf('timestamptz'))).toEqual(
    expect.arrayContaining([
      '1970-01-01T00:00:00.000001Z',
      '2024-03-10T06:59:59.999999Z',
      '2024-02-29T23:59:59.999999Z',
    ]),
  );
  expect(edgesOf(typeOf('text'))).toEqual(expect.arrayContaining(['😀', 'e\u0301', 'שלום', "O'Reilly", '\\']));
  expect(edgesOf(typeOf('varchar', 7))).toContain('😀😀😀');
});

test('a nullable column has NULL too, and a list of its element type', () => {
  expect(valuesOf(columnOf(typeOf('bool'), true)).edges).toEqual(['true', 'false', null]);
  const list = valuesOf(columnOf(typeOf('array', -1, { element: typeOf('text') }))).edges;
  expect(list.slice(0, 4)).toEqual([[], ['a'], [null], ['a', null, '']]);
  expect(list).toContainEqual(['NULL']);
});

test('a type that is not known needs values of the test', () => {
  const span = columnOf(typeOf('interval'));
  expect(() => valuesOf(span)).toThrow(
    'No values are known for value, whose type is interval. Give some: { values: […] }.',
  );
  const { edges, random } = valuesOf(span, ['1 day']);
  expect([edges, fc.sample(random, 1)]).toEqual([['1 day'], ['1 day']]);
});

test('what cannot be stored goes beyond the limits of the type', () => {
  const of = (type: ColumnType): ColumnValue[] => unstorableValues(type);
  expect(of(numericOf(5, 2))).toEqual(expect.arrayContaining(['1000.00', '-1000.00', '0.001', '0.005']));
  expect(of(typeOf('int4'))).toEqual(expect.arrayContaining(['2147483648', '-2147483649', '0.5']));
  expect(of(typeOf('text'))).toEqual(expect.arrayContaining(['\0', '\ud800']));
  expect(of(typeOf('varchar', 7))).toContain('aaaa');
  expect(of(typeOf('interval'))).toEqual([]);
});
