import { expect } from 'vitest';
import { call, create } from './call.ts';
import { test } from './fixtures.ts';

const change = { discountPercent: '1' };

test('who waits for a row that another transaction holds is answered in time, and can try again', async ({
  startService,
  database,
}) => {
  const service = await startService({ DATABASE_TIMEOUT_MS: '1000' });
  const { id } = await create(service);
  const other = await database.pool.connect();
  await other.query('begin');
  await other.query('select * from "products" for update');

  expect((await call(service, 'PUT', `/products/${id}/discount`, change)).status).toBe(503);

  await other.query('rollback');
  other.release();
  expect((await call(service, 'PUT', `/products/${id}/discount`, change)).status).toBe(200);
});

test('who gets no connection, because all are in use, is answered in time', async ({ startService, database }) => {
  const service = await startService({ DATABASE_TIMEOUT_MS: '1000', DATABASE_POOL_SIZE: '1' });
  const { id } = await create(service);
  const other = await database.pool.connect();
  await other.query('begin');
  await other.query('select * from "products" for update');

  const answers = await Promise.all([1, 2].map(() => call(service, 'PUT', `/products/${id}/discount`, change)));
  expect(answers.map(({ status }) => status)).toEqual([503, 503]);

  await other.query('rollback');
  other.release();
  expect((await call(service, 'GET', `/products/${id}`)).status).toBe(200);
});
