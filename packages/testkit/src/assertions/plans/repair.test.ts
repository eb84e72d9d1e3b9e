import { expect, test } from 'vitest';
import { hasPlan, mended, repaired } from './repair.ts';

test('statements that read or change rows have plans', () => {
  for (const sql of [
    'select 1',
    '/* a */ WITH a AS (select 1) select',
    '(select 1) union (select 2)',
    'merge into a',
  ]) {
    expect(hasPlan(sql)).toBe(true);
  }
  for (const sql of ['begin', 'call settle()', 'create table selected ()', 'truncate a']) {
    expect(hasPlan(sql)).toBe(false);
  }
});

test('literals with a type are casts', () => {
  expect(mended('select now() - interval $1, timestamp with time zone $2, DATE $13, interval_of($4)')).toBe(
    'select now() - $1::interval, $2::timestamp with time zone, $13::DATE, interval_of($4)',
  );
  expect(mended('select extract($1 FROM at)')).toBe('select extract(epoch from at)');
});

test('an expression that is grouped by is one, however often it is written', () => {
  const sql =
    'select date_trunc($1, at) as day, count(*) from a where b = $2 group by date_trunc($3, at) order by date_trunc($4, at) desc limit $5';
  expect(repaired(sql, { code: '42803', message: '' })).toBe(
    'select date_trunc($4, at) as day, count(*) from a where b = $2 group by date_trunc($4, at) order by date_trunc($4, at) desc limit $5',
  );
  // From PostgreSQL 18 on, the statement log leaves the literal where the expression came up again.
  expect(repaired("select f($1, a) from b group by f('it''s', a)", { code: '42803', message: '' })).toBe(
    "select f('it''s', a) from b group by f('it''s', a)",
  );
  expect(repaired('select a from b group by c', { code: '42803', message: '' })).toBeUndefined();
});

test('placeholders without a type get one', () => {
  expect(
    repaired('select jsonb_build_object($1, id, $12, $2)', {
      code: '42P18',
      message: 'could not determine data type of parameter $1',
    }),
  ).toBe('select jsonb_build_object($1::text, id, $12, $2)');
  expect(
    repaired('select a, $3 from generate_series($1, $2)', {
      code: '42725',
      message: 'function generate_series(unknown, unknown) is not unique',
    }),
  ).toBe('select a, $3 from generate_series($1::int, $2::int)');
  expect(repaired('select $1 + $2', { code: '42725', message: 'operator is not unique: unknown + unknown' })).toBe(
    'select $1::numeric + $2::numeric',
  );
});

test('what nothing is known about stays', () => {
  expect(repaired('select $1 from', { code: '42601', message: 'syntax error' })).toBeUndefined();
});
