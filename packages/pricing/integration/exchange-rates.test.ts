import { get } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { call, create } from './call.ts';
import { test } from './fixtures.ts';

test('the discounted price is multiplied with the factor that exchange-rates has for a key', async ({ service }) => {
  const { id } = await create(service, { price: '19.99', discountPercent: '12.50' });
  const { status, body } = await call(service, 'GET', `/products/${id}/exchange-rates/EUR`);
  expect([status, body]).toEqual([200, { id, key: 'EUR', factor: '1.0825', price: '18.93' }]);
});

test('a key that exchange-rates does not know is not found', async ({ service, exchangeRates }) => {
  await exchangeRates.stub(get('/factors/XYZ').respond(404));
  const { id } = await create(service);
  expect((await call(service, 'GET', `/products/${id}/exchange-rates/XYZ`)).status).toBe(404);
});

test('the request id goes along to exchange-rates', async ({ service, exchangeRates }) => {
  const { id } = await create(service);
  const headers = { 'x-request-id': 'order-17' };
  await fetch(`${service.url}/products/${id}/exchange-rates/EUR`, { headers });
  const [request] = await exchangeRates.requests();
  expect(request?.headers).toMatchObject({ 'x-request-id': 'order-17' });
});

describe('when exchange-rates is out of order, the caller is told in time', () => {
  test.for([
    ['slow', 504, 3],
    ['down', 502, 0],
    ['reset', 502, 3],
    ['empty', 502, 3],
    ['malformed', 502, 3],
  ] as const)('%s: %i after %i attempts', async ([fault, status, attempts], { service, exchangeRates }) => {
    const { id } = await create(service);
    await exchangeRates.fault(fault);
    const answer = await call(service, 'GET', `/products/${id}/exchange-rates/EUR`);
    expect(answer.status).toBe(status);
    expect(await exchangeRates.requests()).toHaveLength(attempts);
  });
});

test('when exchange-rates fails once, the next attempt succeeds', async ({ service, exchangeRates }) => {
  const { id } = await create(service);
  await exchangeRates.fault('flaky');
  expect((await call(service, 'GET', `/products/${id}/exchange-rates/EUR`)).status).toBe(200);
});

test.for([
  ['an error', get('/factors/EUR').respond(500), 502],
  ['a refusal', get('/factors/EUR').respond(403), 502],
  ['too many requests', get('/factors/EUR').respond(429, undefined, { 'retry-after': '60' }), 503],
  ['another document', get('/factors/EUR').respond(200, { factor: 1.0825 }), 502],
] as const)('%s of exchange-rates is not taken for a factor', async ([, stub, status], { service, exchangeRates }) => {
  const { id } = await create(service);
  await exchangeRates.stub(stub);
  expect((await call(service, 'GET', `/products/${id}/exchange-rates/EUR`)).status).toBe(status);
});
