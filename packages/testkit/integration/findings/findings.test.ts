import { join } from 'node:path';
import { type Run, runVitest } from '@splitlevel/guards/run-vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

async function testsOf(name: string): Promise<Run['files'][string]['tests']> {
  const { files } = await runVitest(join(fixtures, 'vitest.config.ts'), [join(fixtures, `${name}.fixture.ts`)]);
  return Object.assign({}, ...Object.values(files).map((file) => file.tests));
}

function describeFindings(kind: string, bounds: readonly string[]): () => Run['files'][string]['tests'] {
  let tests: Run['files'][string]['tests'];
  beforeAll(async () => {
    tests = await testsOf(kind);
  }, 120_000);

  test.for([
    [
      'a statement for each row',
      /^FindingsError: GET \/notes sent the same statement 3 times \(N\+1.*SELECT body FROM/,
    ],
    ['a table for a number', /GET \/notes read 40 rows for an answer that has room for 1.*SELECT \* FROM note/],
    ['a table for its first half', /read 40 rows for an answer that has room for 20/],
    [
      'a call in a transaction',
      /called GET http:\/\/127.0.0.1:\d+\/rates while it had a transaction open.*with its locks/,
    ],
    ['a call with a connection held', /called GET http:\/\/127.0.0.1:\d+\/rates while it had a connection of the pool/],
    ['a second connection', /asked for another connection while it had a transaction open on one/],
  ] as const)('%s fails the test, with statement, request and place', ([name, expected]) => {
    expect(tests[name]?.message).toMatch(expected);
    expect(tests[name]?.message).toContain(`${kind}.fixture.ts:`);
    expect(tests[name]?.message).toMatch(/findings\.allow\('[a-z ]+', 'the reason'\)/);
    expect(tests[name]?.message).not.toContain('secret');
  });

  test('every wait without a bound fails the test', () => {
    for (const bound of bounds) {
      expect(tests['waits without a bound']?.message).toContain(bound);
    }
  });

  test('an allowance needs a reason', () => {
    expect(tests['an allowance without a reason']?.message).toContain('needs a reason');
  });

  test.for([
    'a statement for each row, allowed',
    'a statement for two rows',
    'a statement that steers a session, again and again',
    'a statement for each row, by the test',
    'a statement for each row, where nobody asked',
    'a transaction that is undone and tried again',
    'a statement for each row, after the answer',
    'a table for itself',
    'a call beside a statement',
    'a call after a transaction',
    'waits with a bound',
  ])('%s does not', (name) => {
    expect(tests[name]).toMatchObject({ status: 'passed' });
  });
  return () => tests;
}

describe('PostgreSQL', () => {
  const testsOfKind = describeFindings('postgres', [
    'connectionTimeoutMillis',
    'statement_timeout',
    'query_timeout',
    'idle_in_transaction_session_timeout',
    'pool.on("error"',
  ]);

  test('a transaction that cannot be committed and is tried again does not', () => {
    expect(testsOfKind()['a transaction that cannot be committed and is tried again']).toMatchObject({
      status: 'passed',
    });
  });
});

describeOnContainers('MariaDB', () => {
  const testsOfKind = describeFindings('mariadb', [
    'max_statement_time',
    'idle_transaction_timeout',
    "used a pool that takes the server's time zone",
  ]);

  test('a session that cuts values fails the test', () => {
    expect(testsOfKind()['a session that cuts values']?.message).toContain("used a pool that sets sql_mode = 'ansi'");
  });

  test('a connection that is gone fails as without the testkit', () => {
    expect(testsOfKind()['a connection that the server ended']).toMatchObject({ status: 'passed' });
  });
});
