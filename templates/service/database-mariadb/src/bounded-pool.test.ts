import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import type { PoolConnection } from 'mysql2';
import { expect, test, vi } from 'vitest';
import { boundedPool } from './bounded-pool.ts';
import { UnavailableError } from './errors.ts';

type Answer = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => void;

/** A pool whose connection comes when it is told to, and fails every statement with a code. */
function slowPool(code = '') {
  let taken: Answer = () => {};
  const answered = (_statement: object, callback: (error: Error) => void) =>
    callback(Object.assign(new Error('failed'), { code }));
  const connection = { release: vi.fn(), destroy: vi.fn(), query: vi.fn(answered), threadId: 7 };
  const pool = {
    getConnection: (callback: Answer) => {
      taken = callback;
    },
    end: () => {},
  };
  const answer = (error: Error | null) => taken(error, connection as unknown as PoolConnection);
  return { pool, connection, answer };
}

const askFor = (pool: MysqlPool) =>
  new Promise<MysqlPoolConnection>((resolve, reject) =>
    pool.getConnection((error, connection) => (error ? reject(error as Error) : resolve(connection))),
  );

test('a connection is passed on, and its statements have an end', async () => {
  const { pool, connection, answer } = slowPool();
  const asked = askFor(boundedPool(pool, 1000));
  answer(null);
  const { threadId, query } = await asked;
  query('select ?', [1], () => {});
  expect(threadId).toBe(7);
  expect(connection.query).toHaveBeenCalledWith({ sql: 'select ?', values: [1], timeout: 2000 }, expect.any(Function));
});

test.each([
  ['PROTOCOL_SEQUENCE_TIMEOUT', 1],
  ['ER_NO_SUCH_TABLE', 0],
])('a connection is given up after %s: %i', async (code, times) => {
  const { pool, connection, answer } = slowPool(code);
  const asked = askFor(boundedPool(pool, 1000));
  answer(null);
  const told = vi.fn();
  (await asked).query('select 1', [], told);
  expect(told.mock.calls[0]?.[0]).toMatchObject({ code });
  expect(connection.destroy).toHaveBeenCalledTimes(times);
});

test('a failure is told as one of the database, with its cause', async () => {
  const { pool, answer } = slowPool();
  const asked = askFor(boundedPool(pool, 1000));
  answer(new Error('refused'));
  await expect(asked).rejects.toMatchObject({ name: 'UnavailableError', cause: { message: 'refused' } });
});

test('who waited too long is refused, and the connection that comes later goes back', async () => {
  const { pool, connection, answer } = slowPool();
  await expect(askFor(boundedPool(pool, 1))).rejects.toThrow(UnavailableError);
  answer(null);
  expect(connection.release).toHaveBeenCalledOnce();
});
