import { describe, expect, test } from 'vitest';
import { get, post } from '../stubs/builder.ts';
import { reportPromises, reportStray, reportUnmatched } from './report.ts';

const stub = {
  mapping: { ...post('/orders').body({ id: 7 }).respond(201).mapping, name: 'order' },
  source: 'stubs/shop/order.json',
};
const request = {
  method: 'POST',
  url: '/orders',
  headers: { 'content-type': 'application/json' },
  body: '{"id":\n 8}',
};

describe('a request that matches nothing', () => {
  test('is shown beside the closest stub', () => {
    expect(reportUnmatched('shop', [request], [stub])).toBe(
      `The upstream "shop" got a request that no stub matches (answered 404):

  POST /orders
  content-type: application/json
  {"id": 8}
  The closest stub is POST /orders "order" of stubs/shop/order.json
              stub      request
      method  POST      POST
      path    /orders   /orders
    ✗ body    {"id":7}  {"id": 8}

Add a stub: a file in stubs/shop/, or stub(post('/orders').respond(200, …)) in the test.`,
    );
  });

  test('without any stub', () => {
    const seen = { method: 'DELETE', url: '/orders/7', headers: {}, body: '' };
    expect(reportUnmatched('shop', [seen], [])).toBe(
      `The upstream "shop" got a request that no stub matches (answered 404):

  DELETE /orders/7
  There is no stub at all.

Add a stub: a file in stubs/shop/, or stub(del('/orders/7').respond(200, …)) in the test.`,
    );
  });

  test('many are counted, few are shown', () => {
    const report = reportUnmatched(
      'shop',
      Array.from({ length: 8 }, () => request),
      [],
    );
    expect(report).toContain('got 8 requests that no stub matches');
    expect(report.split('POST /orders\n')).toHaveLength(6);
    expect(report).toContain('… and 3 more.');
  });
});

describe('a promise that is not kept', () => {
  test('says expected, actual and the closest miss', () => {
    expect(reportPromises('shop', [{ stub, expected: 1, actual: 0, others: [request] }])).toBe(
      `The upstream "shop" was promised exactly 1 request for a stub, and got no requests:
  POST /orders "order" of stubs/shop/order.json

The closest other request was
  POST /orders
  content-type: application/json
  {"id": 8}
              stub      request
      method  POST      POST
      path    /orders   /orders
    ✗ body    {"id":7}  {"id": 8}`,
    );
  });

  test('too many', () => {
    const rates = { mapping: get('/rates').respond(200).mapping, source: 'stub() at a.ts:1:1' };
    expect(reportPromises('shop', [{ stub: rates, expected: 0, actual: 2, others: [] }])).toBe(
      'The upstream "shop" was promised exactly no requests for a stub, and got 2 requests:\n  GET /rates of stub() at a.ts:1:1',
    );
    expect(reportPromises('shop', [{ stub: rates, expected: true, actual: 0, others: [] }])).toContain(
      'was promised at least 1 request for a stub, and got no requests',
    );
  });
});

test('a request that lost the path of the base URL', () => {
  expect(reportStray('shop', [request, request], 'http://127.0.0.1:1/t/a1')).toBe(
    `The upstream "shop" was asked at the wrong place: its base URL is http://127.0.0.1:1/t/a1, and its path was lost in
  POST /orders
new URL('/rates', base) drops the path of the base; write \`\${base}/rates\`.`,
  );
});
