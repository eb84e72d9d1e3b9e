import type { FileReport } from '@splitlevel/guards/run-vitest';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { onlyFile, passed, runFixtures } from '../../../../packages/testkit/integration/postgres/run-fixtures.ts';

describe('a failed test', () => {
  let file: FileReport;

  beforeAll(async () => {
    file = onlyFile(await runFixtures(['failing']));
  }, 180_000);

  const messageOf = (name: string) => file.tests[name]?.message ?? '';

  test.for([
    ['assertion', 'evidence'],
    ['clean-up of a fixture', 'left by clean-up'],
  ])('keeps its database, and says how to look at it: %s', async ([name = '', body]) => {
    const [, url] = /Look at it with:\s+psql '([^']+)'/.exec(messageOf(name)) ?? [];
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query('SELECT body FROM note ORDER BY id');
    await client.end();
    expect(rows).toEqual([{ body: 'seed' }, { body }]);
  });

  test('leaves the next test a clean database', () => {
    expect(passed(file)).toEqual([
      'after an assertion',
      'after a clean-up',
      'expected failure',
      'after a terminated connection',
    ]);
  });

  test('is told what lies behind an error of the server', () => {
    expect(messageOf('no connection left')).toContain('The PostgreSQL server has no connection left. Pools that');
    expect(messageOf('disk full, as a cause')).toContain('The disk of the PostgreSQL server is full.');
    expect(messageOf('database dropped under the test')).toContain('the connection was ended: by pg_terminate_backend');
  });
});

test('no more than ten databases of failed tests are kept', async () => {
  const { tests } = onlyFile(await runFixtures(['evidence-limit'], [], { TESTKIT_RUN: '' }));
  const messages = Object.values(tests).map(({ message }) => message);
  expect(messages.filter((message) => message.includes('psql'))).toHaveLength(10);
  expect(messages.filter((message) => message.includes('was not kept'))).toHaveLength(2);
}, 180_000);

test('failing migrations are told in every process that waits for them, and only where the database is used', async () => {
  const { files } = await runFixtures(['failing-migrations-1', 'failing-migrations-2'], ['--maxWorkers=2']);
  const reports = Object.values(files);
  expect(reports).toHaveLength(2);
  for (const report of reports) {
    expect(passed(report)).toEqual(['does not use it']);
    expect(report.tests['uses the database']?.message).toMatch(
      /The migrations of @splitlevel\/testkit failed on an empty database: migration 0002-add-b failed: relation "b" does not exist/,
    );
  }
}, 180_000);

test('four workers with the same tests see their own rows only', async () => {
  const { files, exitCode, output } = await runFixtures(
    ['crosstalk-1', 'crosstalk-2', 'crosstalk-3', 'crosstalk-4'],
    ['--maxWorkers=4'],
  );
  expect(
    Object.values(files).flatMap((file) => passed(file)),
    output,
  ).toHaveLength(4 * 3 * 8);
  expect(exitCode).toBe(0);
}, 180_000);
