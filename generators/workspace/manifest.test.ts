import { expect, test } from 'vitest';
import { adaptRoot, adaptTool, rename, withoutUnused } from './manifest.ts';

const scopes = { from: '@base', to: '@shop' };

test('the root loses what is about folders that stay behind', () => {
  const root = {
    name: '@base/workspace',
    license: 'MIT',
    description: 'A standard',
    scripts: {
      test: 'nx run-many -t lint',
      bench: 'node bench/run.ts',
      acceptance: 'nx acceptance workspace',
      ci: 'node packages/ci/src/main.ts',
      stubs: 'nx stubs workspace',
      watch: 'vitest watch',
    },
    nx: {
      name: 'workspace',
      targets: {
        lint: { command: 'biome check *.* .ci .github .gitlab-ci.yml bench generators templates test' },
        typecheck: { command: 'tsc -p .' },
        unit: { command: 'vitest run --project unit generators/' },
        integration: { command: 'vitest run --project integration test/' },
        acceptance: {
          command: "vitest run --maxWorkers=2 test/ --exclude 'test/alone/**' && vitest run test/alone/",
          cache: true,
        },
        stubs: { command: 'vitest run --project acceptance --fileParallelism --maxWorkers=2 test/stubs/' },
        plain: {},
      },
    },
    devDependencies: { '@biomejs/biome': '2', '@base/testkit': '*', '@types/node': '24', '@bases/x': '1' },
  };
  expect(adaptRoot(root, scopes, 'The repository shop.', ['.gitlab-ci.yml'])).toEqual({
    name: '@shop/workspace',
    description: 'The repository shop.',
    scripts: { test: 'nx run-many -t lint', ci: 'node packages/ci/src/main.ts', watch: 'vitest watch' },
    nx: {
      name: 'workspace',
      targets: {
        lint: { command: 'biome check *.* .github generators templates' },
        typecheck: { command: 'tsc -p .' },
        unit: { command: 'vitest run --project unit generators/' },
        plain: {},
      },
    },
    devDependencies: { '@biomejs/biome': '2', '@shop/testkit': '*', '@bases/x': '1', '@types/node': '24' },
  });
});

test('dependencies stay in the order of their names', () => {
  const { devDependencies } = adaptRoot(
    { name: '@base/workspace', devDependencies: { '@base/testkit': '*', '@types/node': '24' } },
    { from: '@base', to: '@zebra' },
    '',
  );
  expect(Object.keys(devDependencies ?? {})).toEqual(['@types/node', '@zebra/testkit']);
});

test('a tool keeps all but its integration suite', () => {
  const tool = { name: '@base/testkit', license: 'MIT', nx: { targets: { unit: {}, integration: {} } } };
  expect(adaptTool(tool, scopes)).toEqual({ name: '@shop/testkit', license: 'MIT', nx: { targets: { unit: {} } } });
});

test('a development dependency that nothing names stays behind', () => {
  const names = ['a', 'b.js', 'c', 'd', 'e', '@shop/testkit', 'typescript', '@types/pg', 'left-pad'];
  const manifest = { name: '@shop/workspace', devDependencies: Object.fromEntries(names.map((name) => [name, '1'])) };
  const texts = [
    "import 'a/deep';",
    '"{{versions.[b.js]}}"',
    '{{versions.c}}',
    '{ "externalDependencies": ["d"] }',
    'left-pad, e',
  ];
  expect(Object.keys(withoutUnused(manifest, scopes, texts).devDependencies ?? {})).toEqual([
    ...['a', 'b.js', 'c', 'd', '@shop/testkit', 'typescript', '@types/pg'],
  ]);
});

test('only whole scopes are renamed', () => {
  expect(['@base/a', '@bases/a', 'base', '@x/base'].map((name) => rename(name, scopes))).toEqual([
    '@shop/a',
    '@bases/a',
    'base',
    '@x/base',
  ]);
});
