import type { FileReport } from '@splitlevel/guards/run-vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { onlyFile, passed, runFixtures } from './run-fixtures.ts';

const reason = "isolation 'rollback', where a test is one transaction on one connection that is never committed";

const refusals = {
  'transaction of Kysely': /BEGIN was sent/,
  COMMIT: /COMMIT was sent/,
  'COMMIT among other statements': /COMMIT in a test with isolation 'rollback'/,
  'COMMIT after the constraints were checked early': /A statement ended the transaction/,
  'ROLLBACK among other statements, and on': /A statement ended the transaction/,
  'swallowed COMMIT': /COMMIT was sent/,
  'second connection': /A second connection was asked for while one is out \(taken at .*refused-in-rollback.fixture.ts/,
  'query of the pool while its connection is out': /A second connection was asked for/,
  'two queries of the pool at once': /A second connection was asked for/,
  'change of the schema': /CREATE TABLE changes the schema/,
  'swallowed change of the schema': /DROP TABLE changes the schema/,
  'the url': /database\.url was read/,
};

describe('isolation rollback', () => {
  let file: FileReport;
  let seconds: number;

  beforeAll(async () => {
    const start = performance.now();
    file = onlyFile(await runFixtures(['refused-in-rollback']));
    seconds = (performance.now() - start) / 1000;
  }, 60_000);

  test.for(Object.entries(refusals))('refuses: %s', ([name, message]) => {
    expect(file.tests[name]?.status).toBe('failed');
    expect(file.tests[name]?.message).toMatch(message);
    expect(file.tests[name]?.message).toContain(reason);
  });

  test('names the connection that was kept, and the statement that was not awaited', () => {
    expect(file.tests['connection that is not given back']?.message).toMatch(
      /was not given back; it was taken\s+at .*refused-in-rollback.fixture.ts:\d+/,
    );
    expect(file.tests['statement that is not awaited']?.message).toMatch(/The test ended and kept its connection/);
  });

  test('explains why a transaction takes no more statements', () => {
    expect(file.tests['statement after a failed one']?.message).toMatch(/An earlier statement .* use SAVEPOINT/);
  });

  test('never hangs, and leaves the next tests a clean database', () => {
    expect(passed(file)).toEqual(['the next test goes on', 'and the one after it']);
    expect(seconds).toBeLessThan(20);
  });
});
