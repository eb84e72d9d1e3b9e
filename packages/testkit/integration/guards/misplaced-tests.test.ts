import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as base, expect } from 'vitest';
import { findMisplacedTests } from '../../src/guards/misplaced-tests.ts';

const test = base.extend('workspace', async ({ task }, { onCleanup }) => {
  const root = await mkdtemp(join(tmpdir(), `testkit-${task.id}-`));
  onCleanup(() => rm(root, { recursive: true }));
  const write = async (...paths: string[]): Promise<void> => {
    for (const path of paths) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), '');
    }
  };
  return { root, write };
});

test('tests where no suite looks are all named', async ({ workspace: { root, write } }) => {
  await write('packages/pricing/product.test.ts', 'packages/pricing/src/b/rates.spec.ts', 'scripts/a.test.mjs');
  expect(findMisplacedTests(root)).toEqual([
    'packages/pricing/product.test.ts: no suite looks here. Move it beside the code in packages/pricing/src/ (a unit test), or to packages/pricing/integration/ (an integration test).',
    'packages/pricing/src/b/rates.spec.ts: test files are named *.test.ts here. Rename it to packages/pricing/src/b/rates.test.ts.',
    'scripts/a.test.mjs: no suite looks here. Move it beside the code in generators/ or packages/*/src/ (a unit test), or to test/integration/ or packages/*/integration/ (an integration test).',
  ]);
});

test('what is no test of the workspace is left alone', async ({ workspace: { root, write } }) => {
  await write(
    'packages/pricing/src/product.test.ts',
    'packages/pricing/integration/products.test.ts',
    'packages/pricing/node_modules/a/a.test.js',
    'packages/pricing/dist/product.test.js',
    'packages/pricing/src/latest.ts',
    'packages/pricing/coverage/a.spec.ts',
    'node_modules/a/a.test.js',
    'templates/service/src/{{entity}}.test.ts.hbs',
    'templates/service/src/main.test.ts',
    '.cache/a.test.ts',
  );
  expect(findMisplacedTests(root)).toEqual([]);
});

test('a folder that is linked is not walked', async ({ workspace: { root, write } }) => {
  await write('packages/pricing/src/product.test.ts');
  const { symlink } = await import('node:fs/promises');
  await symlink(root, join(root, 'packages/loop'));
  expect(findMisplacedTests(root)).toEqual([]);
});

test('what adopting left and lists is not misplaced', async ({ workspace: { root, write } }) => {
  await write('packages/pricing/test/a.test.ts', 'packages/pricing/test/b.test.ts');
  await writeFile(join(root, 'packages/pricing/adoption.json'), '{ "stays": { "test/a.test.ts": "it fails" } }');
  expect(findMisplacedTests(root)).toEqual([expect.stringMatching(/^packages\/pricing\/test\/b\.test\.ts: /)]);
  await writeFile(join(root, 'packages/pricing/adoption.json'), '{}');
  expect(() => findMisplacedTests(root)).toThrow(
    'packages/pricing/adoption.json is not a list of tests that adopting left: it has no "stays" with a reason for each path',
  );
});
