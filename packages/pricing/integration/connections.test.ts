import { expectAnswerWithin, withoutNewConnections, withRowsLocked } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

const everything = 'select * from "products" for update';

/** The time-outs of the services here are two seconds; the rest is for a busy machine. */
const patience = 8000;

describe('connections: when one cannot be had, or cannot go on, the caller is told in time', () => {
  test('a row that somebody else has locked, and a pool whose connections all wait for it: 503', async ({
    startService,
    database,
  }) => {
    const service = await startService({ DATABASE_TIMEOUT_MS: '2000', DATABASE_POOL_SIZE: '1' });
    const { id } = await create(service);
    const change = () => call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
    await withRowsLocked(database, everything, async () => {
      const answers = await expectAnswerWithin(patience, () => Promise.all([change(), change()]));
      expect(
        answers.map(({ status }) => status),
        'each is told that it cannot be done now',
      ).toEqual([503, 503]);
      const details = answers.map(({ body }) => body.detail).sort();
      const message = 'one waits for the row, the other for a connection, and each has a time-out of its own';
      expect(details, message).toEqual(['the database does not answer', 'the database gave no connection']);
    });
    expect(await change()).toMatchObject({ status: 200 });
  });

  test('a server that takes no more of them: 503', async ({ service, database }) => {
    await withoutNewConnections(database, async () => {
      const answer = await expectAnswerWithin(patience, () => call(service, 'GET', '/products'));
      expect(answer, 'without a connection').toMatchObject({ status: 503 });
    });
    expect(await call(service, 'GET', '/products')).toMatchObject({ status: 200 });
  });

  test('one that breaks while it is in use: 503, and the next request gets another', async ({ service, database }) => {
    const { id } = await create(service);
    const change = () => call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
    await withRowsLocked(database, everything, async (rows) => {
      const waiting = change();
      await rows.breakWaiter();
      expect(await waiting, 'whose connection broke').toMatchObject({ status: 503 });
    });
    expect(await change()).toMatchObject({ status: 200 });
  });

  test('one of a request that fails goes back to the pool', async ({ startService }) => {
    const service = await startService({ DATABASE_TIMEOUT_MS: '2000', DATABASE_POOL_SIZE: '1' });
    const { id } = await create(service);
    const unknown = '018f3a9e-0000-7000-8000-000000000000';
    for (let time = 0; time < 3; time += 1) {
      expect(await call(service, 'POST', '/products', { name: 'Chair', price: '1' })).toMatchObject({ status: 409 });
      expect(await call(service, 'GET', `/products/${unknown}`)).toMatchObject({ status: 404 });
    }
    expect(await call(service, 'GET', `/products/${id}`)).toMatchObject({ status: 200 });
  });
});
