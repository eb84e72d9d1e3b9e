import { expect, test } from 'vitest';
import type { ProjectSettings } from '../vitest/report.ts';
import { fatesAsText } from './fate.ts';
import { scriptFates, vitestFates } from './vitest-fates.ts';

const project: ProjectSettings = {
  name: '',
  root: '',
  globals: false,
  aliases: [],
  setupFiles: [],
  environment: 'node',
  env: {},
  mocks: [],
  plugins: ['vite-plugin-x'],
  browser: false,
};
const fates = (keys: readonly string[], isProduction = false) =>
  vitestFates('vite.config.ts', keys, [project], isProduction).map(({ setting, fate }) => `${setting} ${fate}`);

test('every setting has a fate, those that nobody thought of too', () => {
  const keys = [
    'test.globals',
    'test.environment',
    'test.pool',
    'test.coverage',
    'test.globalSetup',
    'define',
    'test.newThing',
  ];
  expect(fates(keys)).toEqual([
    'vite.config.ts test.globals rewritten',
    'vite.config.ts test.environment kept',
    'vite.config.ts test.pool dropped',
    'vite.config.ts test.coverage dropped',
    'vite.config.ts test.globalSetup dropped',
    'vite.config.ts define dropped',
    'vite.config.ts test.newThing dropped',
  ]);
});

test('what builds the package is kept for that', () => {
  expect(fates(['test.globals', 'resolve.alias', 'build'], true)).toEqual([
    'vite.config.ts test.globals rewritten',
    'vite.config.ts resolve.alias kept',
    'vite.config.ts build kept',
  ]);
});

test('flags and variables of the script', () => {
  const script = { name: 'scripts.test', flags: ['--globals', '--config', 'x.ts'], environment: { TZ: 'UTC' } };
  expect(scriptFates(script).map(({ setting, fate }) => `${setting} ${fate}`)).toEqual([
    'package.json scripts.test TZ rewritten',
    'package.json scripts.test --globals rewritten',
  ]);
});

test('as text, in columns', () => {
  expect(
    fatesAsText([
      { setting: 'a', fate: 'kept', how: 'x' },
      { setting: 'bbb', fate: 'rewritten', how: 'y' },
    ]),
  ).toEqual(['  a    kept       x', '  bbb  rewritten  y']);
});
