import { beforeAll, describe, expect, test } from 'vitest';
import type { FileReport } from '../run-vitest.ts';
import { onlyFile, passed, runFixtures } from './run-fixtures.ts';

describe('what a test leaves open', () => {
  let file: FileReport;
  let output: string;

  beforeAll(async () => {
    const run = await runFixtures(['left-open']);
    ({ output } = run);
    file = onlyFile(run);
  }, 60_000);

  const messageOf = (name: string) => file.tests[name]?.message ?? '';

  test('fails it: an open transaction, with its session, state and last statement', () => {
    expect(messageOf('open transaction')).toMatch(
      /pid \d+ \(forgetful\): idle in transaction for [\d.]+ s, last statement: LOCK TABLE note/,
    );
    expect(messageOf('open transaction')).toContain('Commit or roll back every transaction');
    expect(messageOf("the test's own transaction")).toContain("(the test's own database.query): idle in transaction");
    expect(messageOf('clones open transaction in a clone')).toMatch(/idle in transaction .* DELETE FROM note/);
  });

  test('fails it: a connection of the pool, with the place where it was taken', () => {
    expect(messageOf('connection that is not given back')).toMatch(
      /was not given back; it was taken\s+at .*left-open.fixture.ts:\d+/,
    );
  });

  test('fails it: a statement that is still running', () => {
    expect(messageOf('statement that is still running')).toMatch(
      /active for [\d.]+ s, last statement: INSERT INTO note/,
    );
  });

  test('does not fail it when it ends at once', () => {
    expect(passed(file)).toContain('statement that ends soon');
  });

  test('never reaches the next test', () => {
    const after = Object.entries(file.tests).filter(([name]) => name.startsWith('after'));
    expect(after).toHaveLength(13);
    expect(after.filter(([, { status }]) => status !== 'passed')).toEqual([]);
    expect(output).not.toContain('Unhandled');
  });

  test.for([
    ['pool that is never closed', 'idle for [\\d.]+ s, last statement: SELECT 1'],
    ['listener', '\\(forgetful\\): idle for [\\d.]+ s, last statement: LISTEN notes'],
    ['client with an advisory lock', 'idle for [\\d.]+ s, holding 1 advisory lock, last statement: SELECT pg_adv'],
    ['client with a temporary table', 'last statement: CREATE TEMP TABLE mine'],
    ['session in another database', '\\(forgetful\\): idle for'],
  ] as const)('fails it, idle as it is: a %s', ([name, line]) => {
    expect(messageOf(name)).toMatch(new RegExp(`left its database in use:\\n- pid \\d+.*${line}`));
    expect(messageOf(name)).toContain('close every client and pool');
  });

  test.for([
    ['session of the pool with an advisory lock', 'a session of it still holds the advisory lock (1, 7)'],
    ['session of the pool that listens', 'a session of it still listens to the channel news'],
  ] as const)('fails it, though it was given back: a %s', ([name, line]) => {
    expect(messageOf(name)).toContain(`- database.pool: ${line}`);
  });

  test('does not fail it when it is closed a moment later', () => {
    expect(passed(file)).toContain('client that is closed a moment after the test');
  });
});
