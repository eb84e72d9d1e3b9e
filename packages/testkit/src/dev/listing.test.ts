import { expect, test } from 'vitest';
import { listingOf, shortListingOf } from './listing.ts';

const served = {
  name: 'orders',
  url: 'http://127.0.0.1:3000',
  routes: ['GET /fees', 'GET /products'],
  variables: { DATABASE_URL: 'postgres://h/d', RATES_URL: 'http://h/t/1' },
};

test('first servers and routes are listed, a line each', () => {
  expect(listingOf(served)).toBe(
    '\n  DATABASE_URL=postgres://h/d\n  RATES_URL=http://h/t/1\n\n  GET /fees\n  GET /products\n\n' +
      'orders is served at http://127.0.0.1:3000. Its source, migrations and stubs are loaded again when they change. Ctrl-C ends it.\n\n',
  );
});

test('again only what changed of the routes is named', () => {
  expect(shortListingOf(served, ['GET /products', 'PUT /products'])).toEqual([
    'orders is served at http://127.0.0.1:3000 again; new: GET /fees; gone: PUT /products',
    'on DATABASE_URL=postgres://h/d RATES_URL=http://h/t/1',
  ]);
  expect(shortListingOf({ ...served, variables: {} }, served.routes)).toEqual([
    'orders is served at http://127.0.0.1:3000 again',
  ]);
});
