import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect } from 'vitest';
import { expectSerializable, type PostgresDatabase, type SerializableOptions } from '../../src/index.ts';
import { balanceOf, setBalance, state, test, type Work } from './accounts.ts';

const failureOf = async (
  database: PostgresDatabase,
  pieces: SerializableOptions<void>['pieces'],
  options: Partial<SerializableOptions<void>> = {},
): Promise<string> => {
  const prepare = async () => {
    await database.query(`INSERT INTO account VALUES ('a', 100), ('b', 100)`);
  };
  return await expectSerializable(database, { pieces, prepare, state, ...options }).then(
    () => 'passed',
    (error: Error) => error.message,
  );
};

const set =
  (name: string, balance: number): Work =>
  (client) =>
    setBalance(client, name, balance);

test('by a piece that fails in every order', async ({ database, inTransaction }) => {
  const mistyped = inTransaction(async (client) => {
    await set('a', 1)(client);
    await client.query('UPDATE acount SET balance = 1');
  });
  expect(await failureOf(database, [inTransaction(set('a', 1)), mistyped])).toMatch(
    /^Nothing is proved about transactions: the second piece fails in every order, also when it runs alone: threw error: relation "acount" does not exist \(42P01\)/,
  );
});

test('by one that is refused, or answers 404, in every order', async ({ database, inTransaction }) => {
  const answer =
    (status: number): Work =>
    async (client) => ({ status, seen: await balanceOf(client, 'a') });
  for (const status of [404, 409]) {
    expect(await failureOf(database, [inTransaction(answer(status)), inTransaction(set('a', 1))])).toContain(
      `the first piece fails in every order, also when it runs alone: {"status":${status},`,
    );
  }
});

test('by pieces that only read, or write no row', async ({ database, inTransaction }) => {
  const read = inTransaction((client) => balanceOf(client, 'a'));
  const missing = inTransaction(set('nobody', 1));
  for (const pieces of [
    [read, read],
    [missing, missing],
    [read, missing],
  ]) {
    expect(await failureOf(database, pieces)).toMatch(
      /^Nothing is proved about transactions: no piece changes a row, in any order/,
    );
  }
});

test('by a state that shows nothing of what is written', async ({ database, inTransaction }) => {
  const piece = inTransaction(set('a', 1));
  expect(await failureOf(database, [piece, piece], { state: `SELECT 'constant' AS value` })).toContain(
    'the pieces write, and no order of them changes the state, nor what they return.\n  state: {"value":"constant"}\n' +
      'Let state read what the pieces write.',
  );
});

test('by pieces that never meet', async ({ database, inTransaction }) => {
  const pieces = [inTransaction(set('a', 1)), inTransaction(set('b', 2))];
  expect(await failureOf(database, pieces)).toMatch(
    /^Nothing is proved about transactions: first and second do not meet\. None reads or changes a row that another writes/,
  );
});

test('by pieces of a single statement each, which have no interleaving', async ({ database }) => {
  const single: SerializableOptions<void>['pieces'][number] = (url) => async () => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(`UPDATE account SET balance = balance + 1 WHERE name = 'a'`);
    await client.end();
  };
  expect(await failureOf(database, [single, single])).toMatch(
    /^Nothing is proved about transactions: first and second send one statement each, so that no statement of one can come between those of another, and they ran one after the other only\.\nLet at least one piece/,
  );
});

test('but by pieces that meet at a row, at a lock, or at what one reads', async ({ database, inTransaction }) => {
  const lock: Work = (client) => client.query('SELECT pg_advisory_xact_lock(1)');
  const locked = (name: string) =>
    inTransaction(async (client) => {
      await lock(client);
      await setBalance(client, name, 1);
    });
  const read = inTransaction((client) => balanceOf(client, 'a'));
  expect(await failureOf(database, [inTransaction(set('a', 1)), inTransaction(set('a', 1))])).toBe('passed');
  expect(await failureOf(database, [locked('a'), locked('b')])).toBe('passed');
  expect(await failureOf(database, [read, inTransaction(set('a', 1))])).toBe('passed');
});

test('when two runs of the same order differ', async ({ database, inTransaction }) => {
  const toss = inTransaction(async (client) => {
    await setBalance(client, 'a', 1);
    return Math.random();
  });
  expect(await failureOf(database, [toss, toss])).toMatch(
    /^Two runs of the same order differ \(first\), though nothing ran beside them:\n {2}state: .*\n {2}first: 0\.\d+\nand\n/,
  );
  const name = inTransaction(async (client) => {
    await client.query('INSERT INTO account VALUES ($1, 1)', [randomUUID().slice(0, 8)]);
    await setBalance(client, 'a', 1);
  });
  expect(await failureOf(database, [name, name])).toMatch(/^Two runs of the same order differ/);
});
