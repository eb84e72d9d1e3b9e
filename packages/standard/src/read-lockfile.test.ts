import { expect, test } from 'vitest';
import { entriesIn } from './read-lockfile.ts';

test('package-lock.json has its entries by path', () => {
  const packages = { 'node_modules/pg': { version: '8.0.0' } };
  expect(entriesIn('package-lock.json', JSON.stringify({ packages }))).toEqual(packages);
  expect(entriesIn('package-lock.json', '{}')).toEqual({});
});

test('pnpm-lock.yaml has what each package is given', () => {
  const text = `
importers:
  .:
    devDependencies:
      vitest: { specifier: 5.1.1, version: 5.1.1(@types/node@24.19.2)(vite@8.3.8) }
  packages/orders:
    dependencies:
      pg: { specifier: ^8.0.0, version: 8.2.0 }
      '@shop/money': { specifier: 'workspace:*', version: link:../money }
`;
  expect(entriesIn('pnpm-lock.yaml', text)).toEqual({
    'node_modules/vitest': { version: '5.1.1' },
    'packages/orders/node_modules/pg': { version: '8.2.0' },
    'packages/orders/node_modules/@shop/money': { link: true },
  });
  expect(entriesIn('pnpm-lock.yaml', '')).toEqual({});
});

test.each(['yarn.lock', 'bun.lock'])('%s is not read', (file) => {
  expect(entriesIn(file, '')).toBeUndefined();
});
