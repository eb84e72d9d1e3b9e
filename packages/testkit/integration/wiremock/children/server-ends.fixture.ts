import { expect } from 'vitest';
import { get } from '../../../src/kinds/wiremock/stubs/builder.ts';
import { test } from './test.ts';

test('ends the server', async ({ shop }) => {
  await shop.stub(get('/stock').respond(200));
  const response = await fetch(new URL('/__admin/shutdown', shop.url), { method: 'POST' });
  expect(response.status).toBe(200);
  await expect.poll(() => fetch(`${shop.url}/stock`).catch(() => 'gone'), { timeout: 20_000 }).toBe('gone');
});
test('has a new server', async ({ shop }) => {
  expect(await (await fetch(`${shop.url}/products/7`)).json()).toEqual({ name: 'Kettle' });
});
