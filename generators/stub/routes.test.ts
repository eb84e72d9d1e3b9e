import { expect, test } from 'vitest';
import type { TargetPackage } from '../additions/target-package.ts';
import { upstream } from '../capabilities/upstream.ts';
import { routesFor } from './routes.ts';

const files: Record<string, string> = {
  'src/errors.ts': 'export class NotFoundError extends Error {}\n',
  'src/product.ts': [
    'export function discountedPrice() {}',
    'export function exactDiscountedPrice() {}',
    'export function rounded() {}',
  ].join('\n'),
  'src/product-input.ts': 'export const byId = {};\nexport const pricedProduct = {};\n',
  'src/product-repository.ts': 'export class ProductRepository {}\n',
  'integration/call.ts': 'export async function call() {}\n',
  'integration/create-product.ts': 'export async function create() {}\n',
};

function routes(changes: Partial<TargetPackage> = {}, own: Record<string, string> = files) {
  return routesFor(upstream('rates'), {
    folder: 'packages/orders',
    madeBy: 'service',
    answers: { entity: 'product', database: 'postgres' },
    upstreams: [],
    isAgain: false,
    had: (path) => path in own,
    read: (path) => own[path],
    ...changes,
  });
}

test.each([
  ['postgres', 'upstream-database', '| `GET /products/:id/rates/:key` |'],
  ['none', 'upstream-stateless', '| `POST /products/discount/rates/:key` |'],
])('of a service whose database is %s', (database, layer, row) => {
  const made = routes({ answers: { entity: 'product', database } });
  expect(made?.layers.map(({ template }) => template)).toEqual(['price-times', 'upstream-routes', layer]);
  expect(made?.list[0]?.row).toContain(row);
});

test.each(Object.keys(files))('there are none where %s is gone, or has other exports', (path) => {
  const { [path]: _, ...rest } = files;
  expect(routes({}, rest)).toBeUndefined();
  expect(routes({}, { ...rest, [path]: (files[path] ?? '').replaceAll('export ', '') })).toBeUndefined();
});

test('there are none in what another generator made', () => {
  expect(routes({ madeBy: 'library' })).toBeUndefined();
});

test('the next time it is as it was the first time, whatever became of the example', () => {
  expect(routes({ earlier: ['src/routes/price-by-rates.ts'] }, {})).toBeDefined();
  expect(routes({ earlier: ['integration/rates.test.ts'] })).toBeUndefined();
});
