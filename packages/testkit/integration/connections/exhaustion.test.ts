import pg from 'pg';
import { expect } from 'vitest';
import { createTest, expectAnswerWithin, withoutNewConnections, withRowsLocked } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql('CREATE TABLE note (body text)'),
    seed: runSql(`INSERT INTO note VALUES ('one')`),
  }),
}).extend('pool', async ({ database }, { onCleanup }) => {
  const pool = new pg.Pool({
    connectionString: database.url,
    max: 1,
    connectionTimeoutMillis: 1000,
    lock_timeout: 100,
    idleTimeoutMillis: 1,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  onCleanup(() => pool.end());
  return pool;
});
const update = `UPDATE note SET body = 'two'`;

test('who waits for locked rows is answered in time, and is served when they are free', async ({ database, pool }) => {
  await withRowsLocked(database, 'SELECT * FROM note FOR UPDATE', async () => {
    await expect(expectAnswerWithin(10_000, () => pool.query(update))).rejects.toThrow('lock timeout');
  });
  await pool.query(update);
});

test('a pool without a connection answers in time, and has one again', async ({ database, pool }) => {
  await withRowsLocked(database, 'SELECT * FROM note FOR UPDATE', async (rows) => {
    const client = await pool.connect();
    await client.query('SET lock_timeout = 0');
    const waiting = client.query(update).catch(() => {});
    await rows.waiters();
    await expect(expectAnswerWithin(10_000, () => pool.query('SELECT 1'))).rejects.toThrow(
      'timeout exceeded when trying to connect',
    );
    await rows.breakWaiter();
    await waiting;
    client.release(true);
  });
  expect((await pool.query('SELECT body FROM note')).rows).toEqual([{ body: 'one' }]);
});

test('a server that gives no new connections refuses at once, and gives them again', async ({ database, pool }) => {
  await withoutNewConnections(database, async () => {
    await expect(expectAnswerWithin(10_000, () => pool.query('SELECT 1'))).rejects.toMatchObject({ code: '53300' });
  });
  await pool.query('SELECT 1');
});

test('locks that nobody would wait for are not a test', async ({ database }) => {
  const work = async () => 1;
  await expect(withRowsLocked(database, 'SELECT * FROM note WHERE false FOR UPDATE', work)).rejects.toThrow(
    'locked no row',
  );
  expect(await withRowsLocked(database, 'LOCK TABLE note', work)).toBe(1);
});
