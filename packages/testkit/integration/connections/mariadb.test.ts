import mysql from 'mysql2/promise';
import { expect } from 'vitest';
import { createTest, expectAnswerWithin, withoutNewConnections, withRowsLocked } from '../../src/index.ts';
import { mariadb } from '../../src/needs.ts';
import { run } from '../mariadb/every-kind-of-table.ts';
import { describeOnContainers } from '../on-containers.ts';

const test = createTest(import.meta.dirname, {
  database: mariadb({
    migrate: (url) => run(url, 'CREATE TABLE note (id int PRIMARY KEY, body text)'),
    seed: (url) => run(url, `INSERT INTO note VALUES (1, 'one')`),
  }),
}).extend('pool', async ({ database }, { onCleanup }) => {
  const pool = mysql.createPool({ uri: database.url, connectionLimit: 3 });
  onCleanup(() => pool.end());
  return pool;
});
const update = `UPDATE note SET body = 'two'`;
const lock = 'SELECT * FROM note FOR UPDATE';

describeOnContainers('connections of MariaDB', () => {
  test('who waits for locked rows is answered in time, and is served when they are free', async ({
    database,
    pool,
  }) => {
    await withRowsLocked(database, lock, async () => {
      const hasty = () => pool.query(`SET STATEMENT innodb_lock_wait_timeout = 1 FOR ${update}`);
      await expect(expectAnswerWithin(10_000, hasty)).rejects.toThrow('Lock wait timeout exceeded');
    });
    await pool.query(update);
    expect(await database.query('SELECT body FROM note')).toEqual([{ body: 'two' }]);
  });

  test('who waits is seen, and its connection can be broken', async ({ database, pool }) => {
    await withRowsLocked(database, lock, async (rows) => {
      const waiting = [pool.query(update), pool.query(update)].map((each) => each.catch((error: Error) => error));
      await rows.waiters(2);
      await rows.breakWaiter();
      const outcomes = await Promise.all(waiting);
      expect(outcomes).toMatchObject([{ code: 'PROTOCOL_CONNECTION_LOST' }, { code: 'PROTOCOL_CONNECTION_LOST' }]);
    });
    expect(await database.query('SELECT body FROM note')).toEqual([{ body: 'one' }]);
  });

  test('who waits for a locked table is seen too', async ({ database, pool }) => {
    let waiting: Promise<unknown> | undefined;
    await withRowsLocked(database, 'LOCK TABLES note WRITE', async (rows) => {
      waiting = pool.query(update);
      await rows.waiters();
    });
    await waiting;
  });

  test('of two that wait when one is expected, and one when two are, the second is told', async ({
    database,
    pool,
  }) => {
    let waiting: Promise<unknown> | undefined;
    const two = withRowsLocked(database, lock, async (rows) => {
      waiting = pool.query(update);
      await rows.waiters(1);
      await rows.waiters(2);
    });
    await expect(two).rejects.toThrow('fewer than 2 connections have come to wait for the locked rows');
    await waiting;
  });

  test('a server that gives no new connections refuses at once, and gives them again', async ({ database, pool }) => {
    await withoutNewConnections(database, async () => {
      await expect(expectAnswerWithin(10_000, () => pool.query('SELECT 1'))).rejects.toMatchObject({ errno: 1226 });
    });
    await pool.query('SELECT 1');
  });

  test('connections that are open stay while new ones are refused', async ({ database, pool }) => {
    await pool.query('SELECT 1');
    await withoutNewConnections(database, () => pool.query('SELECT 1'));
  });

  test('locks that nobody would wait for are not a test', async ({ database }) => {
    await expect(withRowsLocked(database, 'SELECT * FROM note WHERE false FOR UPDATE', async () => 1)).rejects.toThrow(
      'locked no row',
    );
  });
});
