import { describe, expect, test } from 'vitest';
import { renamer } from './renamer.ts';

const rename = renamer({
  names: ['@shop/orders', '@shop/sales'],
  folders: ['packages/orders', 'packages/sales'],
  projects: ['orders', 'sales'],
});

describe('the full name', () => {
  test.each([
    ["import { sum } from '@shop/orders';", "import { sum } from '@shop/sales';"],
    ["await import('@shop/orders/money');", "await import('@shop/sales/money');"],
    ['"@shop/orders": "0.0.0"', '"@shop/sales": "0.0.0"'],
    ['COPY node_modules/@shop/orders ./', 'COPY node_modules/@shop/sales ./'],
    ['Of @shop/orders. And (@shop/orders).', 'Of @shop/sales. And (@shop/sales).'],
  ])('in %j is the new one', (text, renamed) => {
    expect(rename('packages/parcels/src/index.ts', text)).toBe(renamed);
  });

  test.each([
    '@shop/orders-archive',
    '@shop/old-orders',
    '@shop/orders_archive',
    '@shop-test/orders',
    '@my-shop/orders',
    'me@shop/orders',
    '@@shop/orders',
  ])('is not in %j', (text) => {
    expect(rename('packages/parcels/src/index.ts', text)).toBe(text);
  });
});

describe('the folder', () => {
  test.each([
    ['[Orders](packages/orders/README.md)', '[Orders](packages/sales/README.md)'],
    ['/packages/orders/ @team', '/packages/sales/ @team'],
    ['./packages/orders', './packages/sales'],
    ['packages/orders.', 'packages/sales.'],
    ['${{ github.workspace }}/packages/orders', '${{ github.workspace }}/packages/sales'],
  ])('in %j is the new one', (text, renamed) => {
    expect(rename('README.md', text)).toBe(renamed);
  });

  test.each(['packages/orders-archive/README.md', 'old-packages/orders', 'other/packages/orders', 'apps/orders'])(
    'is not %j',
    (text) => {
      expect(rename('README.md', text)).toBe(text);
    },
  );

  test.each([
    ['packages/parcels/tsconfig.json', '"path": "../orders"', '"path": "../sales"'],
    ['packages/parcels/README.md', '[it](../orders/README.md#usage)', '[it](../sales/README.md#usage)'],
    ['packages/parcels/docs/index.md', '[it](../../orders)', '[it](../../sales)'],
    ['packages/README.md', '[it](orders/README.md), orders/README.md', '[it](sales/README.md), orders/README.md'],
    ['packages/sales/integration/a.test.ts', "'../../orders/a.json'", "'../../sales/a.json'"],
    ['docs/index.md', '../packages/orders', '../packages/sales'],
  ])('is found from %s by %j', (path, text, renamed) => {
    expect(rename(path, text)).toBe(renamed);
  });

  test.each([
    ['packages/parcels/src/index.ts', "from './orders/sum.ts'"],
    ['packages/parcels/src/deep/index.ts', "from '../orders/sum.ts'"],
    ['packages/parcels/README.md', '../orders-archive'],
    ['packages/parcels/README.md', '[it](orders/README.md)'],
  ])('is not what %s names by %j', (path, text) => {
    expect(rename(path, text)).toBe(text);
  });
});

describe('the project', () => {
  test.each([
    ['npx nx unit orders', 'npx nx unit sales'],
    ['nx run lint orders', 'nx run lint sales'],
    ['npx nx run orders:unit', 'npx nx run sales:unit'],
    ['npx nx run-many -t lint unit -p orders,parcels', 'npx nx run-many -t lint unit -p sales,parcels'],
    ['npx nx run-many --projects=parcels,orders -t unit', 'npx nx run-many --projects=parcels,sales -t unit'],
    ['npx nx affected -t unit --exclude orders', 'npx nx affected -t unit --exclude sales'],
    ['npx nx show project orders --web', 'npx nx show project sales --web'],
    ['npx plop entity fee --package orders', 'npx plop entity fee --package sales'],
    ['Run `npx nx dev orders`.', 'Run `npx nx dev sales`.'],
    ['npx nx dev orders   # orders, as always', 'npx nx dev sales   # orders, as always'],
  ])('in %j is the new one', (text, renamed) => {
    expect(rename('README.md', text)).toBe(renamed);
  });

  test.each([
    'npx nx unit orders-archive',
    'npx nx run orders-archive:unit',
    'npx nx run-many -p orders-archive,old-orders',
    'npx plop entity orders --package parcels',
    'All orders are here, and Nx runs orders too.',
    'docker stop orders',
    'orders: string',
  ])('is not in %j', (text) => {
    expect(rename('README.md', text)).toBe(text);
  });

  test('is named anew in the lists of Nx, and in no other', () => {
    const text = '{ "nx": { "implicitDependencies": ["parcels", "orders", "!orders"] }, "keywords": ["orders"] }';
    expect(rename('packages/parcels/package.json', text)).toBe(
      '{ "nx": { "implicitDependencies": ["parcels", "sales", "!sales"] }, "keywords": ["orders"] }',
    );
    expect(rename('nx.json', '[{ "projects": "orders", "target": "orders" }]')).toBe(
      '[{ "projects": "sales", "target": "orders" }]',
    );
    expect(rename('packages/parcels/src/data.json', '{ "projects": ["orders"] }')).toBe('{ "projects": ["orders"] }');
  });
});

test('nothing is read as a pattern, in either name', () => {
  const dotted = renamer({
    names: ['@s.p/a', '@s.p/$&'],
    folders: ['packages/a', 'packages/$&'],
    projects: ['a', '$&'],
  });
  expect(dotted('README.md', '@s.p/a @sxp/a packages/a `nx unit a`')).toBe('@s.p/$& @sxp/a packages/$& `nx unit $&`');
});

test('there and back is the same text', () => {
  const back = renamer({
    names: ['@shop/sales', '@shop/orders'],
    folders: ['packages/sales', 'packages/orders'],
    projects: ['sales', 'orders'],
  });
  const text = '@shop/orders packages/orders ../orders orders `npx nx unit orders`\n@shop/orders-archive\n';
  expect(back('packages/a/README.md', rename('packages/a/README.md', text))).toBe(text);
});
