import { setTimeout } from 'node:timers/promises';
import { test } from './test.ts';

test('does not wait for what it starts', async ({ shop }) => {
  const { url } = shop;
  void setTimeout(100)
    .then(() => fetch(`${url}/products/8`))
    .catch(() => {});
});
test('passes meanwhile', async ({ shop }) => {
  await fetch(`${shop.url}/products/7`);
  await setTimeout(250);
});
