import { expect } from 'vitest';
import { put } from '../../../src/wiremock/builder.ts';
import { test } from './test.ts';

test('sends more than the server has memory for', async ({ shop }) => {
  await shop.stub(put('/object').respond(200));
  const response = await fetch(`${shop.url}/object`, { method: 'PUT', body: new Uint8Array(150_000_000) });
  expect(response.status).toBe(200);
});
test('has a new server', async ({ shop }) => {
  expect(await (await fetch(`${shop.url}/products/7`)).json()).toEqual({ name: 'Kettle' });
});
