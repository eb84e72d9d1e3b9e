import { get } from '@splitlevel/testkit';
import { expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

test('the discounted price is multiplied with the factor that exchange-rates has for a key', async ({ service }) => {
  const { id } = await create(service, { price: '19.99', discountPercent: '12.50' });
  const answer = await call(service, 'GET', `/products/${id}/exchange-rates/EUR`);
  expect([answer.status, answer.body], 'the discounted price times the factor').toEqual([
    200,
    { id, key: 'EUR', factor: '1.0825', price: '18.93' },
  ]);
});

test('half a cent is rounded up: the price is never a float', async ({ service, exchangeRates }) => {
  await exchangeRates.stub(get('/factors/HALF').respond(200, { factor: '1.005' }));
  const { id } = await create(service, { price: '1.00', discountPercent: '0' });
  const { body } = await call(service, 'GET', `/products/${id}/exchange-rates/HALF`);
  expect(body.price, '1.00 times 1.005').toBe('1.01');
});

test('a key that exchange-rates does not know is not found', async ({ service, exchangeRates }) => {
  await exchangeRates.stub(get('/factors/XYZ').respond(404));
  const { id } = await create(service, { price: '19.99', discountPercent: '12.50' });
  expect(await call(service, 'GET', `/products/${id}/exchange-rates/XYZ`)).toMatchObject({ status: 404 });
});

test('exchange-rates is told the request id, and what is understood', async ({ service, exchangeRates }) => {
  const { id } = await create(service, { price: '19.99', discountPercent: '12.50' });
  const { headers } = await call(service, 'GET', `/products/${id}/exchange-rates/EUR`);
  const [request] = await exchangeRates.requests();
  expect(request?.headers).toMatchObject({
    accept: 'application/json',
    'x-request-id': headers.get('x-request-id'),
  });
});
