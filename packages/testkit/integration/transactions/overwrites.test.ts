import { describe, expect } from 'vitest';
import type { MakePiece } from '../../src/assertions/transactions/interleave.ts';
import type { PostgresDatabase } from '../../src/index.ts';
import { expectSerializable } from '../../src/index.ts';
import { anomalyOf, balanceOf, prepareIn, setBalance, state, test, type Work } from './accounts.ts';

describe('what is overwritten decides whether an update is lost', () => {
  const both = `SELECT (SELECT balance FROM account WHERE name = 'a') AS a, (SELECT balance FROM account WHERE name = 'b') AS b`;
  const nameOf = async (database: PostgresDatabase, pieces: MakePiece<void>[], wide: string) =>
    (await anomalyOf(expectSerializable(database, { pieces, prepare: prepareIn(database), state: wide }))).anomaly;
  const ifBoth =
    (sql: string, values: unknown[] = []): Work =>
    async (client) => {
      const { rows } = await client.query('SELECT sum(balance)::int AS sum FROM account');
      if (rows[0].sum === 200) {
        await client.query(sql, values);
      }
    };

  test.for([
    ['a value of the statement', 'UPDATE account SET balance = 0 WHERE name = $1', ['a'], ['b']],
    ['a text', `UPDATE account AS t SET balance = 0 WHERE t."name" = '%s'`, ['a'], ['b']],
    ['a row that is deleted', 'DELETE FROM account WHERE name = $1', ['a'], ['b']],
  ] as const)(
    'two rows, in one row of the state, by %s: write skew',
    async ([, sql, a, b], { database, inTransaction }) => {
      const piece = ([name]: readonly [string]) =>
        inTransaction(sql.includes('%s') ? ifBoth(sql.replace('%s', name)) : ifBoth(sql, [name]));
      expect(await nameOf(database, [piece(a), piece(b)], both)).toBe('write skew');
      expect(await nameOf(database, [piece(a), piece(b)], 'SELECT sum(balance) FROM account')).toBe('write skew');
    },
  );

  test('two columns of one row: write skew', async ({ database, inTransaction }) => {
    const close = ifBoth("UPDATE account SET is_open = false WHERE name = 'a'");
    const empty: Work = async (client) => {
      const { rows } = await client.query("SELECT is_open FROM account WHERE name = 'a'");
      if (rows[0].is_open) {
        await setBalance(client, 'a', 0);
      }
    };
    const pieces = [inTransaction(close), inTransaction(empty)];
    expect(await nameOf(database, pieces, 'SELECT name, balance, is_open FROM account ORDER BY name')).toBe(
      'write skew',
    );
  });

  test('the same row by other conditions: lost update', async ({ database, inTransaction }) => {
    const raise =
      (amount: number, condition: string): Work =>
      async (client) => {
        const balance = await balanceOf(client, 'a');
        await client.query(`UPDATE account SET balance = $1 WHERE ${condition}`, [balance + amount]);
      };
    const pieces = [inTransaction(raise(10, "name = 'a'")), inTransaction(raise(5, "name LIKE 'a%'"))];
    expect(await nameOf(database, pieces, both)).toBe('lost update');
  });

  test('pieces that write blindly, in more than one transaction, lose none: they had read nothing', async ({
    database,
    inTransaction,
  }) => {
    const write =
      (balance: number): Work =>
      async (client) => {
        await setBalance(client, 'a', balance);
        await client.query('COMMIT; BEGIN');
        await setBalance(client, 'b', balance);
      };
    const pieces = [inTransaction(write(1)), inTransaction(write(2))];
    expect(await nameOf(database, pieces, state)).toBe('not serializable');
  });
});
