import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

const unknown = '018f3a9e-0000-7000-8000-000000000000';
const chair = { name: 'Chair', price: '19.99' };

test.for([
  ['no price', { name: 'Chair' }, 'body.price'],
  ['a price that is a float', { ...chair, price: 19.99 }, 'body.price'],
  ['a price with three places', { ...chair, price: '0.001' }, 'body.price'],
  ['a price that is too long for the database', { ...chair, price: '10000000000' }, 'body.price'],
  ['a discount of more than everything', { ...chair, discountPercent: '100.01' }, 'body.discountPercent'],
  ['an empty name', { ...chair, name: ' ' }, 'body.name'],
  ['a name that PostgreSQL cannot store', { ...chair, name: 'a\u0000b' }, 'body.name'],
  ['half a character', { ...chair, name: 'a\ud83d' }, 'body.name'],
  ['an attribute that is not a string', { ...chair, attributes: { legs: 4 } }, 'body.attributes.legs'],
  ['half a character in an attribute', { ...chair, attributes: { legs: 'a\ud83d' } }, 'body.attributes.legs'],
  ['a field that does not exist', { ...chair, prize: '1' }, 'body'],
] as const)('%s is refused, and the answer says where', async ([, input, path], { service }) => {
  const { status, body } = await call(service, 'POST', '/products', input);
  expect(status, 'wrong input was not refused').toBe(400);
  expect(body.errors, 'the answer does not say where the input is wrong').toEqual([
    { path, message: expect.any(String) },
  ]);
});

test.for([
  ['GET', '/products/1', 400],
  ['GET', '/products?nam=Chair', 400],
  ['GET', '/products?name=a&name=b', 400],
  ['GET', `/products/${unknown}`, 404],
  ['GET', `/products/${unknown}/discount-changes`, 404],
  ['GET', `/products/${unknown}/discount-changes?since=yesterday`, 400],
  ['GET', `/products/${unknown}/discount-changes?before=9223372036854775808`, 400],
] as const)('%s %s is answered with %i', async ([method, path, status], { service }) => {
  const answer = await call(service, method, path);
  expect(answer.status, `answered with ${JSON.stringify(answer.body)}`).toBe(status);
  expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
});

test('the discount of what does not exist cannot be changed', async ({ service }) => {
  const { status } = await call(service, 'PUT', `/products/${unknown}/discount`, { discountPercent: '1' });
  expect(status, 'an unknown id was found').toBe(404);
});
