import { expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

test('a second one of the same name is a conflict, and is not stored', async ({ service, database }) => {
  await create(service, { name: 'Chair' });

  const { status, headers, body } = await call(service, 'POST', '/products', { name: 'Chair', price: '1' });

  expect(status, 'a violation of the constraint is a conflict').toBe(409);
  expect(headers.get('content-type'), 'errors must be problem documents').toContain('application/problem+json');
  expect(body).toEqual({
    type: 'about:blank',
    status: 409,
    title: 'Conflict',
    detail: 'another product has this name',
  });
  expect(await database.query('select price::text from "products"'), 'the second took the place of the first').toEqual([
    { price: '19.99' },
  ]);
});

test('of two that are created at the same time, one wins', async ({ service }) => {
  const answers = await Promise.all(
    ['1', '2'].map((price) => call(service, 'POST', '/products', { name: 'Chair', price })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses, 'only a constraint keeps two from having one name').toEqual([201, 409]);
});
