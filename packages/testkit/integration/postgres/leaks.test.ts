import type { FileReport } from '@splitlevel/guards/run-vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { onlyFile, passed, runFixtures } from './run-fixtures.ts';

describe('what a test leaves open', () => {
  let file: FileReport;
  let output: string;

  beforeAll(async () => {
    const run = await runFixtures(['leaks']);
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
      /was not given back; it was taken\s+at .*leaks.fixture.ts:\d+/,
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
    expect(after).toHaveLength(23);
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

  test.for([
    [
      'a setting',
      "has TimeZone = 'Asia/Tokyo': RESET it, or SET LOCAL in a transaction",
      "SET TimeZone = 'Asia/Tokyo'",
    ],
    ['a setting by another name', "has TimeZone = 'Asia/Kolkata'", "SET TIME ZONE 'Asia/Kolkata'"],
    ['a setting that the package invented', "has app.tenant = 'one'", "SELECT set_config('app.tenant', 'one', false)"],
    ['a setting, by a value of a statement', "has app.tenant = 'two'", 'SELECT set_config($1, $2, false)'],
    ['a setting that ends each statement', 'has statement_timeout = ', "SET statement_timeout = '1ms'"],
    ['a setting that forbids to write', "has default_transaction_read_only = 'on'", 'SET SESSION CHARACTERISTICS'],
    ['a role', 'acts as the role left_reader: RESET ROLE', 'SET ROLE left_reader'],
    ['a temporary table', 'has the temporary table mine: DROP it', 'CREATE TEMP TABLE mine'],
    ['a cursor', 'has the cursor mine: CLOSE', 'DECLARE mine'],
    ['a prepared statement', 'has the prepared statement mine: DEALLOCATE', 'PREPARE mine'],
  ] as const)('fails it, and shows the statement and its place: a session of the pool with %s', ([name, line, sql]) => {
    const message = messageOf(`session of the pool with ${name}`);
    expect(message).toMatch(
      new RegExp(
        `- database\\.pool: a session of it still ${RegExp.escape(line)}.*; sent\\n\\s+at .*leaks\\.fixture\\.ts:\\d+:\\d+.*\\n\\s+${RegExp.escape(sql)}`,
      ),
    );
    expect(message.match(/^- /gm)).toHaveLength(1);
  });

  test('fails it in a clone too: a setting', () => {
    expect(messageOf('further clones session of the pool in a clone')).toContain("still has TimeZone = 'Asia/Tokyo'");
  });

  test.for([
    'session that the code sets back itself',
    'session with settings of one transaction',
    'session that is set to what it had',
    'pool whose sessions are prepared when they are opened',
  ])('does not fail it: a %s', (name) => {
    expect(passed(file)).toContain(name);
  });

  test('does not fail it when it is closed a moment later', () => {
    expect(passed(file)).toContain('client that is closed a moment after the test');
  });
});
