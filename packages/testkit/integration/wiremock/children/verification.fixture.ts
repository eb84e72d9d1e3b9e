import { expect } from 'vitest';
import { get } from '../../../src/kinds/wiremock/stubs/builder.ts';
import { test } from './test.ts';

test('passes', async ({ shop }) => {
  expect(await (await fetch(`${shop.url}/products/7`)).json()).toEqual({ name: 'Kettle' });
});
test('asks what no stub knows, and does not look at the answer', async ({ shop }) => {
  await fetch(`${shop.url}/products/7/price`);
});
test('does not ask what was promised', async ({ shop }) => {
  await shop.stub(get('/stock').respond(200).times(1));
});
test('fails, and asks what no stub knows', async ({ shop }) => {
  await fetch(`${shop.url}/nothing`);
  expect('this failure').toBe('shown second');
});
test('fails before it asks what was promised', async ({ shop }) => {
  await shop.stub(get('/stock').respond(200).times(1));
  expect('this failure').toBe('shown first');
});
test.fails('is expected to fail, and keeps its promises', async ({ shop }) => {
  await shop.stub(get('/stock').respond(200).times(1));
  await fetch(`${shop.url}/stock`);
  expect(1).toBe(2);
});
test('is skipped in the middle', async ({ shop, skip }) => {
  await shop.stub(get('/stock').respond(200).times(1));
  skip();
});
test('does not use the upstream', () => expect(1).toBe(1));
