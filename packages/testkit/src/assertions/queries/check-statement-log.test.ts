import { expect, test } from 'vitest';
import { statementLogProblem } from './check-statement-log.ts';

const fine = { max: '5000', track: 'top', queryIds: 'auto' };

test('a statement log that is kept is not a problem', () => {
  expect(statementLogProblem(fine)).toBeUndefined();
});

test('a statement log that is not kept is a problem, with its remedy', () => {
  expect(statementLogProblem({ ...fine, max: null })).toContain(
    "Start it with shared_preload_libraries = 'pg_stat_statements'",
  );
  expect(statementLogProblem({ ...fine, track: 'none' })).toMatch(
    /by pg_stat_statements.track = none. Set it to top.$/,
  );
  expect(statementLogProblem({ ...fine, queryIds: 'off' })).toMatch(/by compute_query_id = off. Set it to auto.$/);
});
