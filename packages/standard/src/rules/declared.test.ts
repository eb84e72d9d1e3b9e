import { expect, test } from 'vitest';
import { aPackage, aRepository } from '../a-repository.ts';
import { readSource } from '../read-source.ts';
import type { Manifest } from '../repository.ts';
import { declared } from './declared.ts';

const nx = {
  namedInputs: { toolchain: [{ externalDependencies: ['node', 'vitest'] }] },
  targetDefaults: {
    unit: { inputs: ['unitSuite', 'toolchain'] },
    integration: { inputs: ['toolchain', { externalDependencies: ['pg'] }] },
  },
};

/** The findings of the rule in a file of packages/orders, as 'what | todo'. */
function findingsIn(path: string, text: string, manifest: Manifest = {}): string[] {
  const packages = [
    aPackage({ name: 'workspace', folder: '.', manifest: { name: '@acme/workspace' }, sources: new Map() }),
    aPackage({ manifest: { name: '@acme/orders', ...manifest }, sources: new Map([[path, readSource(text)]]) }),
    aPackage({ name: 'sums', folder: 'packages/sums', manifest: { name: '@acme/sums' }, sources: new Map() }),
    aPackage({ name: 'testkit', folder: 'packages/testkit', manifest: { name: '@acme/testkit' }, sources: new Map() }),
  ];
  return declared.check(aRepository({ packages, nx })).map(({ what, todo }) => `${what} | ${todo}`);
}

test('another package by a relative path, with the place and what to add', () => {
  expect(findingsIn('src/one.ts', "\nimport { a } from '../../sums/src/a.ts';")).toEqual([
    'packages/orders/src/one.ts:2 imports ../../sums/src/a.ts, which packages/orders/package.json does not declare | ' +
      'Add "@acme/sums" to its dependencies, and import it by that name; else neither the cache nor CI sees a change of it.',
  ]);
});

test.for<[what: string, text: string]>([
  ['types', "import type { A } from '@acme/sums';"],
  ['types inline', "export type A = import('@acme/sums').A;"],
  ['on demand', "await import('@acme/sums');"],
  ['exports', "export * from '@acme/sums/deep';"],
  ['require', "const a = require('@acme/sums');"],
  ['an npm package', "import { z } from 'zod';"],
  ['what only tests may import', "import { test } from 'vitest';"],
  ['the testkit in production code', "import { needs } from '@acme/testkit';"],
])('%s, undeclared', ([, text]) => {
  expect(findingsIn('src/one.ts', text)).toHaveLength(1);
});

test('a file outside of the packages', () => {
  expect(findingsIn('src/one.test.ts', "import images from '../../../images.json' with { type: 'json' };")).toEqual([
    expect.stringMatching(
      /^packages\/orders\/src\/one\.test\.ts:1 imports \.\.\/\.\.\/\.\.\/images\.json, .* \| Keep the file in packages\/orders\/src\//,
    ),
  ]);
});

test.for<[what: string, path: string, text: string, manifest?: Manifest]>([
  [
    'what builds the package',
    'vite.config.ts',
    "import { defineConfig } from 'vite';",
    { devDependencies: { vite: '8.0.0' } },
  ],
  ['a helper of tests', 'test/set-up.ts', "import { beforeEach } from 'vitest';"],
  [
    "the package's own files",
    'src/deep/one.ts',
    "import '../two.ts'; import '../../package.json' with { type: 'json' };",
  ],
  [
    'modules of Node, and the package itself',
    'src/one.ts',
    "import 'node:fs'; import 'path'; import '@acme/orders/x';",
  ],
  [
    'a declared package',
    'src/one.ts',
    "import '@acme/sums'; import 'zod/v4';",
    { dependencies: { '@acme/sums': '*', zod: '4' } },
  ],
  ['an implicit dependency', 'src/one.ts', "import '../../sums/src/a.ts';", { nx: { implicitDependencies: ['sums'] } }],
  ['what tests declare', 'src/one.test.ts', "import 'zod'; import 'vitest';", { devDependencies: { zod: '4' } }],
  ['types of what tests declare', 'src/one.ts', "import type { A } from 'zod';", { devDependencies: { zod: '4' } }],
  ['what is an input of integration', 'integration/one.test.ts', "import 'pg'; import '@acme/testkit/needs';"],
])('%s: no finding', ([, path, text, manifest]) => {
  expect(findingsIn(path, text, manifest)).toEqual([]);
});
