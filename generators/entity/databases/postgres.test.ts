import { describe, expect, test } from 'vitest';
import type { Column } from '../column.ts';
import { readField } from '../field.ts';
import { postgres } from './postgres.ts';

const columnOf = (type: string): Column => {
  const field = readField(`field:${type}`, postgres);
  if (typeof field === 'string') {
    throw new Error(field);
  }
  return field.column;
};

test.each([
  ['text', 'string', 'text'],
  ['varchar(12)', 'string', 'textUpTo(12)'],
  ['boolean', 'boolean', 'z.boolean()'],
  ['smallint', 'number', 'z.int().min(-32_768).max(32_767)'],
  ['integer', 'number', 'z.int32()'],
  ['bigint', 'string', 'bigint'],
  ['numeric(12,2)', 'string', 'decimal(12, 2)'],
  ['double precision', 'number', 'z.number()'],
  ['date', 'string', 'date'],
  ['timestamptz', 'string', 'instant'],
  ['uuid', 'string', 'z.guid().toLowerCase()'],
  ['jsonb', 'Json', 'json'],
  ['text[]', 'readonly string[]', 'z.array(text)'],
  ['integer[]', 'readonly number[]', 'z.array(z.int32())'],
  ['bigint[]', 'readonly string[]', 'z.array(bigint)'],
  ['uuid[]', 'readonly string[]', 'z.array(z.guid().toLowerCase())'],
])('%s is %s in the domain, and checked by %s', (type, domain, check) => {
  expect(columnOf(type)).toMatchObject({ domain, check });
});

test('no type is left out above', () => {
  expect(postgres.types).toHaveLength(16);
});

describe('what a Date or a float would change is read as text', () => {
  test.each([
    ['date', `to_char("day", 'YYYY-MM-DD')`],
    ['timestamptz', `to_char("day" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`],
  ])('%s', (type, sql) => {
    expect(columnOf(type)).toMatchObject({ read: 'Date', written: 'string' });
    expect(columnOf(type).select?.('day')).toBe(sql);
  });
});

test.each([
  ['numeric(12,2)', "'7.50'", "'-1.50'", "'10000000000'", "'0.001'"],
  ['numeric(3)', "'7'", "'-1'", "'1000'", "'0.1'"],
  ['numeric(2,2)', "'0.50'", "'-0.50'", "'1'", "'0.001'"],
  ['numeric(40,0)', "'7'", "'-1'", "`1${'0'.repeat(40)}`", "'0.1'"],
])(
  'the samples of %s have its places, and what is wrong has one digit too many',
  (type, sample, other, large, fine) => {
    expect(columnOf(type)).toMatchObject({ sample, other, wrong: ['7.5', large, fine] });
  },
);

test.each([1, 3, 12])('the sample of varchar(%i) fits', (most) => {
  expect(columnOf(`varchar(${most})`).sample.length - 2).toBeLessThanOrEqual(most);
});
