import type { Manifest } from './settings/manifest.ts';

/** Other runners, by what their tests import; a name stands for its subpaths too. */
const BY_IMPORT: Readonly<Record<string, string>> = {
  'node:test': 'node:test',
  'bun:test': 'bun test',
  '@jest/globals': 'jest',
  jest: 'jest',
  'jest-circus': 'jest',
  ava: 'ava',
  mocha: 'mocha',
  jasmine: 'jasmine',
  tap: 'tap',
  '@tapjs': 'tap',
  tape: 'tape',
  uvu: 'uvu',
  zora: 'zora',
  qunit: 'QUnit',
  lab: 'lab',
  '@hapi/lab': 'lab',
  '@japa/runner': 'japa',
  '@playwright/test': 'Playwright',
  '@std/testing': 'Deno',
  cypress: 'Cypress',
};

const BY_SCRIPT: readonly [pattern: RegExp, name: string][] = [
  [/(^|[\s;&|])(jest|react-scripts test)(\s|$)/, 'jest'],
  [/(^|[\s;&|])_?mocha(\s|$)/, 'mocha'],
  [/(^|[\s;&|])ava(\s|$)/, 'ava'],
  [/\bnode\s(.*\s)?--test\b/, 'node:test'],
  [/(^|[\s;&|])bun test\b/, 'bun test'],
  [/(^|[\s;&|])jasmine(\s|$)/, 'jasmine'],
  [/(^|[\s;&|])cypress(\s|$)/, 'Cypress'],
  [/(^|[\s;&|])playwright test\b/, 'Playwright'],
  [/(^|[\s;&|])(tap|tape|uvu|qunit)(\s|$)/, 'tap'],
];

const BY_DEPENDENCY = ['jest', 'mocha', 'ava', 'jasmine', 'tap', 'tape', 'uvu', 'qunit'];

/** The other runner to which a module belongs; undefined for any other module. */
export function runnerOfModule(specifier: string): string | undefined {
  const parts = specifier.split('/');
  return parts.map((_, index) => BY_IMPORT[parts.slice(0, index + 1).join('/')]).find((name) => name !== undefined);
}

/** The other runner that a script starts; undefined where it starts none. */
export function runnerOfScript(script: string): string | undefined {
  return BY_SCRIPT.find(([pattern]) => pattern.test(script))?.[1];
}

/** The other runner whose test a file is, by its imports; undefined for Vitest's, and where it imports none. */
export function foreignRunnerOf(imports: readonly string[]): string | undefined {
  if (imports.includes('vitest')) {
    return undefined;
  }
  return imports.map(runnerOfModule).find((name) => name !== undefined);
}

/** The other runner that a package says it uses; undefined where it says nothing. */
export function declaredRunnerOf({
  scripts = {},
  dependencies,
  devDependencies,
  ...keys
}: Manifest): string | undefined {
  const byScript = runnerOfScript(scripts.test ?? scripts.unit ?? '');
  const byKey = (['jest', 'ava', 'mocha'] as const).find((name) => keys[name] !== undefined);
  const installed = { ...dependencies, ...devDependencies };
  return byScript ?? byKey ?? BY_DEPENDENCY.find((name) => installed[name] !== undefined);
}
