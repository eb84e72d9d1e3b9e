import { expect, vi } from 'vitest';
import { createTest, get } from '../../../src/index.ts';
import { upstream } from '../../../src/needs.ts';

const test = createTest(import.meta.dirname, { rates: upstream('rates') });

test('the testkit asks the server itself where a test replaced fetch', async ({ rates }) => {
  vi.stubGlobal('fetch', async () => new Response('of the test'));
  await rates.stub(get('/EUR').respond(200, { rate: '1.1' }).times(1));
  expect(await (await fetch(`${rates.url}/EUR`)).text()).toBe('of the test');
  vi.unstubAllGlobals();
  expect(await (await fetch(`${rates.url}/EUR`)).json()).toEqual({ rate: '1.1' });
});
