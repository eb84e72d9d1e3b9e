import { manifest } from './hand-written.ts';

/** Packages whose tests are another runner's alone. */
export const otherRunners: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jest: {
    'package.json': manifest('other', { scripts: { test: 'jest' }, devDependencies: { jest: '^30.0.0' } }),
    'test/a.test.ts': "test('a', () => { expect(1).toBe(1); });\n",
  },
  mocha: {
    'package.json': manifest('other', { scripts: { test: 'NODE_ENV=test mocha test/**/*.js' } }),
    'test/a.js': "it('a', () => {});\n",
  },
  'node:test': {
    'package.json': manifest('other', { scripts: { test: 'node --import tsx --test' } }),
    'test/a.test.ts': "import { test } from 'node:test';\ntest('a', () => {});\n",
  },
  ava: { 'package.json': manifest('other'), 'test/a.test.ts': "import test from 'ava';\ntest('a', () => {});\n" },
  'bun test': {
    'package.json': manifest('other'),
    'test/a.test.ts': "import { test } from 'bun:test';\ntest('a', () => {});\n",
  },
};
