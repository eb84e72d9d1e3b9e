import { expect } from 'vitest';
import { get, post } from '../../../src/kinds/wiremock/stubs/builder.ts';
import { test } from './test.ts';

const TESTS = 25;

/** The same stubs, scenarios, promises and requests in every file, with an answer that only this file gives. */
export function defineTests(file: string): void {
  for (let count = 0; count < TESTS; count++) {
    const own = `${file} ${count}`;
    test(`round ${count}`, async ({ shop }) => {
      await shop.stub(get('/own').respond(200, own).times(2));
      await shop.stub(
        post('/own')
          .respond(count % 2 === 0 ? 201 : 503)
          .times(1),
      );
      if (count % 5 === 0) {
        await shop.fault('flaky');
      }
      const statuses = [(await fetch(`${shop.url}/products/${count}`)).status];
      statuses.push((await fetch(`${shop.url}/orders`, { method: 'POST', body: own })).status);
      const paid = await fetch(`${shop.url}/orders`);
      expect(await Promise.all([1, 2].map(async () => (await fetch(`${shop.url}/own`)).text()))).toEqual([own, own]);
      expect((await fetch(`${shop.url}/own`, { method: 'POST' })).status).toBe(count % 2 === 0 ? 201 : 503);
      expect(statuses).toEqual([count % 5 === 0 ? 503 : 200, 201]);
      expect(await paid.json()).toEqual({ paid: true });
      const requests = await shop.requests();
      expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        `GET /products/${count}`,
        'POST /orders',
        'GET /orders',
        'GET /own',
        'GET /own',
        'POST /own',
      ]);
      expect(requests[1]?.body).toBe(own);
    });
  }
}
