import pg from 'pg';
import { expect } from 'vitest';
import type { MakePiece } from '../../src/assertions/transactions/interleave.ts';
import { type AnomalyError, createTest, type PostgresDatabase } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

export type Work<Result = unknown> = (client: pg.PoolClient) => Promise<Result>;

/** Makes a piece of work that is done in a transaction, on a pool of its own. */
export type InTransaction = (work: Work, options?: { begin?: string; attempts?: number }) => MakePiece<void>;

/** Accounts, and pieces of code that work on them as code does that knows nothing of the testkit. */
export const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(
      'CREATE TABLE account (name text PRIMARY KEY, balance int NOT NULL, is_open boolean NOT NULL DEFAULT true)',
    ),
  }),
})
  .extend('inTransactionWith', async ({ database: _ }, { onCleanup }) => {
    const pools: pg.Pool[] = [];
    onCleanup(async () => {
      await Promise.all(pools.map((pool) => pool.end()));
    });
    return (config: pg.PoolConfig): InTransaction =>
      (work, { begin = 'BEGIN', attempts = 1 } = {}) =>
      (url) => {
        const pool = new pg.Pool({ connectionString: url, ...config });
        pools.push(pool);
        return async () => {
          for (let attempt = 1; ; attempt++) {
            try {
              return await transact(pool, begin, work);
            } catch (error) {
              if (attempt >= attempts || !/^40/.test((error as { code?: string }).code ?? '')) {
                throw error;
              }
            }
          }
        };
      };
  })
  .extend('inTransaction', ({ inTransactionWith }) => inTransactionWith({}));

async function transact(pool: pg.Pool, begin: string, work: Work): Promise<unknown> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

export const state = 'SELECT name, balance FROM account ORDER BY name';

export async function balanceOf(client: pg.ClientBase, name: string, lock = ''): Promise<number> {
  const { rows } = await client.query(`SELECT balance FROM account WHERE name = $1 ${lock}`, [name]);
  return rows[0].balance;
}

export async function setBalance(client: pg.ClientBase, name: string, balance: number): Promise<void> {
  await client.query('UPDATE account SET balance = $2 WHERE name = $1', [name, balance]);
}

/** Before each order: two accounts of 100. */
export const prepareIn = (database: PostgresDatabase) => async () => {
  await database.query(`INSERT INTO account VALUES ('a', 100), ('b', 100)`);
};

/** The error of a check that is to find an anomaly. */
export const anomalyOf = async (work: Promise<unknown>): Promise<AnomalyError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'AnomalyError' });
  return error as AnomalyError;
};
