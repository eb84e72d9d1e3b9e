import { expectAnswerWithin, withoutNewConnections } from '@splitlevel/testkit';
import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { readConfig } from '../src/config.ts';
import { checkDatabase, createDatabase, type Database } from '../src/database.ts';
import { isUnavailable } from '../src/database-error.ts';
import { call } from './call.ts';
import { test as base } from './fixtures.ts';

/** The time-out of the pool is two seconds; the rest is for a busy machine. */
const patience = 8000;

/** Waits until the pool has a connection that answers. */
async function expectToAnswer(pool: Database): Promise<void> {
  const outcome = () => checkDatabase(pool, patience).then(() => 'answered', String);
  await expect.poll(outcome, { timeout: 20_000, message: 'the pool does not recover' }).toBe('answered');
}

/** A pool of one connection, as the service has it. */
const test = base.extend('pool', async ({ environment }, { onCleanup }) => {
  const config = readConfig({ ...environment, DATABASE_POOL_SIZE: '1', DATABASE_TIMEOUT_MS: '2000' });
  const pool = createDatabase(config, () => undefined);
  onCleanup(() => pool.destroy());
  await expectToAnswer(pool);
  return pool;
});

/** The error that work ends with. */
async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  const failed = () =>
    work().then(
      () => undefined,
      (error: unknown) => error,
    );
  return await expectAnswerWithin(patience, failed);
}

describe('the pool: every wait for a connection, or on one, has an end', () => {
  test('the only one is in use', async ({ pool }) => {
    await pool.connection().execute(async () => {
      const failure = await failureOf(() => checkDatabase(pool, patience));
      expect(failure).toMatchObject({ message: 'the database gave no connection' });
    });
    await expectToAnswer(pool);
  });

  test('a statement takes too long', async ({ pool }) => {
    const failure = await failureOf(() => sql`select pg_sleep(30)`.execute(pool));
    expect(isUnavailable(failure), String(failure)).toBe(true);
    await expectToAnswer(pool);
  });

  test('one breaks while it is in use, and the next statements get another', async ({ pool, database }) => {
    const failure = await failureOf(() =>
      pool.connection().execute(async (connection) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection);
        await database.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await sql`select 1`.execute(connection);
      }),
    );
    expect(isUnavailable(failure), String(failure)).toBe(true);
    // It may be a moment until the pool knows.
    await expectToAnswer(pool);
  });

  test('the server takes no more of them', async ({ service, database }) => {
    await withoutNewConnections(database, async () => {
      const answer = await expectAnswerWithin(patience, () => call(service, 'GET', '/health/ready'));
      expect(answer, 'without a connection').toMatchObject({ status: 503 });
    });
    const ready = async () => (await call(service, 'GET', '/health/ready')).status;
    await expect.poll(ready, { timeout: 20_000, message: 'the service does not recover' }).toBe(200);
  });
});
