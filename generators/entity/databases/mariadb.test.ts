import { describe, expect, test } from 'vitest';
import type { Column } from '../column.ts';
import { checkField, readField } from '../field.ts';
import { mariadb } from './mariadb.ts';

const columnOf = (type: string): Column => {
  const field = readField(`field:${type}`, mariadb);
  if (typeof field === 'string') {
    throw new Error(field);
  }
  return field.column;
};

test.each([
  ['text', 'string', 'text', "'text'"],
  ['varchar(12)', 'string', 'textUpTo(12)', "'varchar(12)'"],
  ['bool', 'boolean', 'z.boolean()', "'boolean'"],
  ['smallint', 'number', 'z.int().min(-32_768).max(32_767)', "'smallint'"],
  ['int', 'number', 'z.int32()', "'integer'"],
  ['bigint', 'string', 'bigint', "'bigint'"],
  ['numeric(12,2)', 'string', 'decimal(12, 2)', "'decimal(12, 2)'"],
  ['double', 'number', 'z.number()', "'double precision'"],
  ['date', 'string', 'date', "'date'"],
  ['datetime', 'string', 'instant', "'datetime(6)'"],
  ['datetime(6)', 'string', 'instant', "'datetime(6)'"],
  ['uuid', 'string', 'z.guid().toLowerCase()', "'uuid'"],
  ['json', 'Json', 'json', "'json'"],
])('%s is %s in the domain, checked by %s, and kept as %s', (type, domain, check, migration) => {
  expect(columnOf(type)).toMatchObject({ domain, check, migration });
});

test('no type is left out above', () => {
  expect(mariadb.types).toHaveLength(12);
});

test('instants are kept in UTC, and read as text with all their decimals', () => {
  const { read, select, write, writer } = columnOf('datetime');
  expect(read).toBe('string');
  expect(select?.('due_on')).toBe("date_format(${sql.ref('due_on')}, '%Y-%m-%dT%H:%i:%s.%fZ')");
  expect(write?.('values.dueOn')).toBe('utcDatetime(values.dueOn)');
  expect(writer).toEqual({ file: 'utc-datetime', name: 'utcDatetime' });
});

test.each([
  ['boolean', 'row.field === 1'],
  ['json', 'JSON.parse(row.field)'],
])('%s is read as %s', (type, code) => {
  expect(columnOf(type).parse?.('row.field')).toBe(code);
});

test.each([
  ['decimal(4,2)', ["'99.99'", "'-99.99'", "'0.00'", "'0.01'"]],
  ['decimal(2,2)', ["'0.99'", "'-0.99'", "'0.00'", "'0.01'"]],
  ['decimal(3)', ["'999'", "'-999'", "'0'", "'1'"]],
])('the ends of %s are %j', (type, edges) => {
  expect(columnOf(type).edges).toEqual(edges);
});

describe('a type of another database is refused, with those that there are and the nearest', () => {
  const all = 'text, varchar(n), boolean, smallint, integer, bigint, decimal(p,s), double, date, datetime, uuid, json';
  test.each([
    ['timestamptz', 'datetime'],
    ['timestamp with time zone', 'datetime'],
    ['jsonb', 'json'],
    ['text[]', 'json'],
    ['bigint[]', 'json'],
  ])('%s', (type, nearest) => {
    const sentence = `"${type}" is not a type of mariadb that fields may have; did you mean ${nearest}?; there are: ${all}`;
    expect(checkField(`field:${type}`, [mariadb], [])).toBe(sentence);
  });
});

test.each([
  ['decimal(66,2)', 'needs its digits, 1 to 65 in all'],
  ['decimal(65,39)', 'how many of them are behind the point, 38 at most'],
  ['decimal', 'needs its digits'],
  ['datetime(3)', 'is kept with six decimals; write datetime'],
  ['varchar', 'needs its length, an integer from 1 to 10000'],
  ['int(11)', 'takes no numbers; write integer'],
])('%s is refused', (type, sentence) => {
  expect(checkField(`field:${type}`, [mariadb], [])).toContain(sentence);
});
