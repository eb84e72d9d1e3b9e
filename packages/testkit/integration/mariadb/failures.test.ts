import { join } from 'node:path';
import { type Run, runVitest } from '@splitlevel/guards/run-vitest';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acquire } from '../../src/servers.ts';
import { describeOnContainers } from '../on-containers.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describeOnContainers('MariaDB', () => {
  let superuser: mysql.Connection;
  let run: Run;
  let tests: Run['files'][string]['tests'];

  beforeAll(async () => {
    // Holds the server, whose evidence is looked at below.
    const { url } = await acquire('mariadb');
    superuser = await mysql.createConnection(url);
    await superuser.query('CREATE OR REPLACE DATABASE tk_gone_0badcafe_1');
    await superuser.query('CREATE OR REPLACE DATABASE tk_gone_0badcafe_1_kept');
    await superuser.query("CREATE OR REPLACE USER tk_gone_0badcafe_1@'%'");
    const files = ['failing', 'failing-migrations'].map((name) => join(fixtures, `${name}.fixture.ts`));
    run = await runVitest(join(fixtures, 'vitest.config.ts'), files);
    tests = Object.assign({}, ...Object.values(run.files).map((file) => file.tests));
  }, 120_000);
  afterAll(() => superuser.end());

  const messageOf = (name: string) => tests[name]?.message ?? '';

  describe('what a test leaves open', () => {
    test('fails it: an open transaction', () => {
      expect(messageOf('open transaction')).toMatch(/connection \d+: idle in a transaction for [\d.]+ s/);
      expect(messageOf('open transaction')).toContain('Commit or roll back every transaction');
      expect(messageOf("the test's own transaction")).toContain(
        "a transaction that the test's own database.query began",
      );
      expect(messageOf('transaction that is given back')).toMatch(
        /connection \d+: given back to database.pool with its transaction open/,
      );
    });

    test('fails it: a connection, of any pool', () => {
      expect(messageOf('connection that is not given back')).toMatch(
        /connection \d+: idle for [\d.]+ s, taken from database.pool and not given back/,
      );
      expect(messageOf('pool that is never closed')).toMatch(/connection \d+: idle for/);
    });

    test.for([
      'connection of a pool that is closed in clean-up',
      'pool of the fixture that is closed with a connection out',
    ])('fails it: a %s', (name) => {
      expect(messageOf(name)).toMatch(
        /connection \d+ of a pool was not given back, and was ended with its pool; it was taken\s+at .*failing\.fixture\.ts:\d+/,
      );
    });

    test('fails it: a lock', () => {
      expect(messageOf('lock that is given back')).toMatch(
        /connection \d+: given back to database.pool while it held locks of GET_LOCK \(1\)/,
      );
    });

    test('fails it: a prepared XA transaction, which is rolled back', () => {
      expect(messageOf('prepared XA transaction')).toContain(
        "- the prepared XA transaction 'transfer','to b' was neither committed nor rolled back",
      );
      expect(messageOf('prepared XA transaction of a connection that is closed')).toContain(
        "left its database in use:\n- the prepared XA transaction 'closed' was neither committed nor rolled back",
      );
      expect(tests['XA transaction that is committed']?.status).toBe('passed');
    });

    test('fails it: a changed password', () => {
      expect(messageOf('password')).toContain(
        'The test changed what the server keeps of its user:\n- the password or the attributes of the user (SET PASSWORD, ALTER USER)\nUndo it',
      );
    });

    test('does not fail it when all is given back before the pool is closed', () => {
      expect(tests['pool that is closed with all connections given back']?.status).toBe('passed');
    });

    test('fails it: a statement that is still running', () => {
      expect(messageOf('statement that is still running')).toMatch(
        /running a statement.* for [\d.]+ s: INSERT INTO note .* SLEEP\(20\)/,
      );
    });

    test('does not fail it when it ends at once', () => {
      expect(tests['statement that ends soon']?.status).toBe('passed');
    });

    test('never reaches the next test', () => {
      const after = Object.entries(tests).filter(([name]) => name.startsWith('after'));
      expect(after).toHaveLength(15);
      expect(after.filter(([, { status }]) => status !== 'passed')).toEqual([]);
      expect(run.output).not.toContain('Unhandled');
    });
  });

  test('a failed test says how to look at its database, which is kept', async () => {
    const command = /mariadb --host=127\.0\.0\.1 --port=(\d+) --user=(\w+) --password='([\w-]+)' (\w+)/;
    const [, port, user, password, database] = command.exec(messageOf('assertion')) ?? [];
    const options = { host: '127.0.0.1', port: Number(port), user: user ?? '', password: password ?? '' };
    const connection = await mysql.createConnection({ ...options, database: database ?? '' });
    const [rows] = await connection.query('SELECT body FROM note ORDER BY id');
    await connection.end();
    expect(rows).toEqual([{ body: 'seed' }, { body: 'evidence' }]);
  });

  test('what a process left that is gone is dropped by the next', async () => {
    const [databases] = await superuser.query("SHOW DATABASES LIKE 'tk_gone%'");
    const [users] = await superuser.query("SELECT User FROM mysql.global_priv WHERE User LIKE 'tk_gone%'");
    expect([databases, users]).toEqual([[], []]);
  });

  test('a process leaves no database but those of failed tests', async () => {
    const [session] = /(?<=tk_testkit_)[0-9a-f]{8}/.exec(messageOf('assertion')) ?? [];
    const [left] = await superuser.query(
      "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE ? AND SCHEMA_COMMENT = '' AND SCHEMA_NAME NOT LIKE '%kept'",
      [`tk_testkit_${session}%`],
    );
    expect(left).toEqual([]);
  });

  test('isolation clone gives each test a database', () => {
    expect(tests['clones one']?.status).toBe('passed');
    expect(tests['clones another']?.status).toBe('passed');
  });

  test('isolation rollback is refused, with what to do', () => {
    expect(messageOf('in one transaction refused')).toContain(
      "There is no isolation 'rollback' for MariaDB, whose DDL commits whatever transaction it is in. Choose " +
        "test.override('isolation', 'worker'), which sets back only what a test wrote, or 'clone'.",
    );
  });

  test('migrations that fail are told, and so are those that leave a connection open', () => {
    expect(messageOf('wrong migrations')).toMatch(
      /The migrations of @splitlevel\/testkit failed on an empty database: .*nonsense/,
    );
    expect(messageOf('open migrations')).toMatch(
      /The migrations or the seed of @splitlevel\/testkit left connections open:\n- connection \d+: idle/,
    );
  });
});
