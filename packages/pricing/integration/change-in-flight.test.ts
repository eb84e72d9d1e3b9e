import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { sendHalf } from './send-half.ts';

test('a change that is in flight when the service stops is stored', async ({ service, database }) => {
  const { outcome, finish } = await sendHalf(service.url, '/products', { name: 'Chair', price: '19.99' });
  const stopped = service.stop();

  finish();

  expect(await outcome).toBe(201);
  await stopped;
  expect(await database.query('select name from "products"')).toEqual([{ name: 'Chair' }]);
});
