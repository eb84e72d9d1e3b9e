import type { Manifest } from './settings/manifest.ts';

/** What other runners' tests import, and what their names are. */
const BY_IMPORT: Readonly<Record<string, string>> = {
  'node:test': 'node:test',
  'bun:test': 'bun test',
  '@jest/globals': 'jest',
  ava: 'ava',
  mocha: 'mocha',
  jasmine: 'jasmine',
  tap: 'tap',
  tape: 'tape',
  uvu: 'uvu',
  qunit: 'QUnit',
  '@japa/runner': 'japa',
  '@playwright/test': 'Playwright',
  cypress: 'Cypress',
};

const BY_SCRIPT: readonly [pattern: RegExp, name: string][] = [
  [/(^|[\s;&|])(jest|react-scripts test)(\s|$)/, 'jest'],
  [/(^|[\s;&|])_?mocha(\s|$)/, 'mocha'],
  [/(^|[\s;&|])ava(\s|$)/, 'ava'],
  [/\bnode\s(.*\s)?--test\b/, 'node:test'],
  [/(^|[\s;&|])bun test\b/, 'bun test'],
  [/(^|[\s;&|])jasmine(\s|$)/, 'jasmine'],
  [/(^|[\s;&|])(tap|tape|uvu|qunit)(\s|$)/, 'tap'],
];

const BY_DEPENDENCY = ['jest', 'mocha', 'ava', 'jasmine', 'tap', 'tape', 'uvu', 'qunit'];

/** The other runner whose test a file is, by what it imports; undefined for Vitest's, and where it imports none. */
export function foreignRunnerOf(imports: readonly string[]): string | undefined {
  if (imports.includes('vitest')) return undefined;
  return imports.map((specifier) => BY_IMPORT[specifier]).find((name) => name !== undefined);
}

/** The other runner that a package says it uses; undefined where it says nothing. */
export function declaredRunnerOf({
  scripts = {},
  dependencies,
  devDependencies,
  ...keys
}: Manifest): string | undefined {
  const script = scripts.test ?? scripts.unit ?? '';
  const byScript = BY_SCRIPT.find(([pattern]) => pattern.test(script))?.[1];
  const byKey = (['jest', 'ava', 'mocha'] as const).find((name) => keys[name] !== undefined);
  const installed = { ...dependencies, ...devDependencies };
  return byScript ?? byKey ?? BY_DEPENDENCY.find((name) => installed[name] !== undefined);
}
