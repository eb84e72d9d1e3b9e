import { expect, test } from 'vitest';
import { isQuery, oneLine, times } from './statement.ts';

const statement = (sql: string) => ({ sql, calls: 1, rows: 0 });

test.each([
  'BEGIN',
  'begin isolation level serializable',
  'COMMIT',
  'rollback to savepoint a',
  '/* orm */ SAVEPOINT $1',
  '-- a comment\nRELEASE a',
  "SET search_path = 'x'",
  'SHOW server_version',
])('%j steers a transaction or a session', (sql) => {
  expect(isQuery(statement(sql))).toBe(false);
});

test.each([
  'select $1',
  '/* route */ WITH a AS (SELECT $1) SELECT FROM a',
  'update settings set a = $1',
  'LOCK TABLE a',
  'call settle()',
])('%j is a query', (sql) => {
  expect(isQuery(statement(sql))).toBe(true);
});

test('statements are told in words', () => {
  expect(oneLine(' select *\n  from a ')).toBe('select * from a');
  expect([times(1), times(3)]).toEqual(['once', '3 times']);
});
