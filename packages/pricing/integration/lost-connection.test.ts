import { expect } from 'vitest';
import { call, create } from './call.ts';
import { test } from './fixtures.ts';

const change = { discountPercent: '1' };

test('a connection that breaks while it is in use fails its request, and not the service', async ({
  service,
  database,
}) => {
  const { id } = await create(service);
  const other = await database.pool.connect();
  await other.query('begin');
  await other.query('select * from "products" for update');
  const waiting = call(service, 'PUT', `/products/${id}/discount`, change);

  const isWaiting = "datname = current_database() and wait_event_type = 'Lock'";
  await expect
    .poll(() => database.query(`select pg_terminate_backend(pid) as ended from pg_stat_activity where ${isWaiting}`))
    .toEqual([{ ended: true }]);
  expect((await waiting).status).toBe(503);

  await other.query('rollback');
  other.release();
  expect((await call(service, 'PUT', `/products/${id}/discount`, change)).status).toBe(200);
});
