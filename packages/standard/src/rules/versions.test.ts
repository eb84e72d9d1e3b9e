import { expect, test } from 'vitest';
import { aPackage, aRepository } from '../a-repository.ts';
import type { Manifest, Repository } from '../repository.ts';
import { findingsIn } from './rules.ts';

/** The root has pg 8.0.0 and the override; the package what is given. */
function told(own: Partial<Manifest>, lock: Repository['lockfile']['entries'] = {}, root: Partial<Manifest> = {}) {
  const [workspace = aPackage()] = aRepository().packages;
  const packages = [
    { ...workspace, manifest: { ...workspace.manifest, devDependencies: { pg: '8.0.0' }, ...root } },
    aPackage({ manifest: { ...aPackage().manifest, ...own } }),
  ];
  return findingsIn(aRepository({ packages, lockfile: { file: 'package-lock.json', entries: lock } })).map(
    (each) => `${each.package} ${each.rule}: ${each.what}`,
  );
}

test('a second version in a manifest', () => {
  expect(told({ dependencies: { pg: '8.1.0' } })).toEqual([
    'orders versions: packages/orders/package.json has a second version of pg: 8.1.0, where the root has 8.0.0',
  ]);
  expect(told({ devDependencies: { pg7: 'npm:pg@7.0.0' } })).toHaveLength(1);
  expect(told({ devDependencies: { pg: '^7.0.0' } })).toHaveLength(1);
});

test.each(['8.0.0', '^8.0.0', '*', 'workspace:*'])('%s is none', (pg) => {
  expect(told({ dependencies: { pg } })).toEqual([]);
});

test('a library that only one package has', () => {
  expect(told({ dependencies: { zod: '4.0.0' } })).toEqual([]);
});

test('a second copy in the lockfile, and none that a library brings for itself', () => {
  const lock = {
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/other/node_modules/pg': { version: '7.0.0' },
    'packages/orders/node_modules/pg': { version: '8.2.0' },
    'packages/orders/node_modules/unknown': { version: '1.0.0' },
    'node_modules/unknown': { version: '2.0.0' },
  };
  expect(told({ dependencies: { pg: '^8.0.0' } }, lock)).toEqual([
    'orders versions: package-lock.json has a second version of pg for packages/orders: 8.2.0, where the root has 8.0.0',
  ]);
});

test('an override of what packages name', () => {
  expect(told({}, {}, { overrides: { pg: '7.0.0', transitive: '1.0.0' } })).toEqual([
    'workspace versions: package.json overrides pg: packages get another version than they name',
  ]);
});
