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
    expect(passed(file).filter((name) => name.startsWith('after'))).toHaveLength(5);
  });

  test('is named at the end of the file when it is an idle connection', () => {
    expect(passed(file)).toContain('pool that is never closed');
    expect(output).toMatch(
      /connections to the database tk_testkit_\w+ were still open after the last test of the file/,
    );
    expect(output).not.toContain('Unhandled');
  });
});
