import { expect, test } from 'vitest';
import { aliasesOf, pathsOf, scriptOf } from './author.ts';
import { declaredRunnerOf, foreignRunnerOf } from './runners.ts';
import { applyAliases } from './source/aliases.ts';

const script = (scripts: Record<string, string>) => scriptOf({ manifest: { scripts } });

test.each([
  ['vitest', [], {}],
  ['vitest run --globals', ['--globals'], {}],
  [
    'cross-env TZ=UTC vitest run --coverage test/unit --config "own config.ts"',
    ['--config', 'own config.ts'],
    { TZ: 'UTC' },
  ],
  ['tsc && vitest --environment=jsdom -t x', ['--environment=jsdom'], {}],
])('%s', (test, flags, environment) => {
  expect(script({ test })).toEqual({ name: 'scripts.test', flags, environment });
});

test('another script than test may run it, and none may', () => {
  expect(script({ build: 'tsc', unit: 'vitest --dir src' })).toMatchObject({
    name: 'scripts.unit',
    flags: ['--dir', 'src'],
  });
  expect(script({ build: 'tsc' })).toEqual({ name: undefined, flags: [], environment: {} });
});

test('paths of TypeScript are aliases where something makes Vite take them', () => {
  const tsconfig =
    '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"], "config": ["src/config.ts"] } } }';
  const aliases = pathsOf(tsconfig);
  expect(['@/a/b', 'config', 'configs', '@scope/x'].map((specifier) => applyAliases(specifier, aliases))).toEqual([
    { file: 'src/a/b' },
    { file: 'src/config.ts' },
    undefined,
    undefined,
  ]);
  const project = {
    name: '',
    root: '',
    globals: false,
    setupFiles: [],
    environment: 'node',
    env: {},
    mocks: [],
    browser: false,
    aliases: [{ find: { source: '^~', flags: '' }, replacement: 'src/', inPackage: true }],
    plugins: ['vite-tsconfig-paths'],
  };
  expect(aliasesOf(project, [], tsconfig)).toHaveLength(3);
  expect(aliasesOf({ ...project, plugins: [] }, [], tsconfig)).toEqual([
    { find: /^~/, replacement: 'src/', inPackage: true },
  ]);
});

test('the runner of a test is told by its imports, that of a package by what it says', () => {
  expect([['node:test'], ['ava', './a.ts'], ['vitest', 'node:test'], ['./a.ts']].map(foreignRunnerOf)).toEqual([
    'node:test',
    'ava',
    undefined,
    undefined,
  ]);
  expect(
    [
      { scripts: { test: 'node --import tsx --test' } },
      { scripts: { test: 'bun test' } },
      { jest: {} },
      { devDependencies: { mocha: '1' } },
      { scripts: { test: 'tsc' } },
    ].map(declaredRunnerOf),
  ).toEqual(['node:test', 'bun test', 'jest', 'mocha', undefined]);
});
