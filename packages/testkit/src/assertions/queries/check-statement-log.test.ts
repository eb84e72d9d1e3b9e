import { expect, test } from 'vitest';
import { ledgerProblem } from './check-statement-log.ts';

const fine = { max: '5000', track: 'top', queryIds: 'auto' };

test('a ledger that is kept is no problem', () => {
  expect(ledgerProblem(fine)).toBeUndefined();
});

test('a ledger that is not kept is a problem, with its remedy', () => {
  expect(ledgerProblem({ ...fine, max: null })).toContain(
    "Start it with shared_preload_libraries = 'pg_stat_statements'",
  );
  expect(ledgerProblem({ ...fine, track: 'none' })).toMatch(/by pg_stat_statements.track = none. Set it to top.$/);
  expect(ledgerProblem({ ...fine, queryIds: 'off' })).toMatch(/by compute_query_id = off. Set it to auto.$/);
});
