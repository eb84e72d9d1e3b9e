import { describe, expect, test } from 'vitest';
import { aPackage, aRepository, aSource } from '../a-repository.ts';
import type { Compiler } from '../repository.ts';
import { findingsIn } from './rules.ts';

const told = (...arguments_: Parameters<typeof aRepository>) =>
  findingsIn(aRepository(...arguments_))
    .filter(({ rule }) => rule === 'config')
    .map((each) => `${each.package}: ${each.what}`);

test('files that configure a package', () => {
  const files = [
    ...aPackage().files,
    'vitest.config.ts',
    '.eslintrc.json',
    'src/biome.json',
    'integration/vitest.config.ts',
    'vite.config.ts',
  ];
  const compiler = { options: { strict: true }, files: new Set(files.filter((path) => path !== 'vite.config.ts')) };
  expect(told({ orders: { files, compiler } })).toEqual(
    ['vitest.config.ts', '.eslintrc.json', 'src/biome.json'].map(
      (path) => `orders: packages/orders/${path} configures what the workspace configures for all`,
    ),
  );
});

describe('tsconfig.json', () => {
  const files = new Set(aPackage().files);
  const of = (compiler: Compiler | undefined) => told({ orders: { ...aPackage(), compiler: compiler as Compiler } });

  test('that is not there, or cannot be read', () => {
    expect(of(undefined)).toEqual(['orders: packages/orders/tsconfig.json is not there: nothing checks its types']);
    expect(of({ options: {}, files, problem: 'error TS5083: x' })).toEqual([
      'orders: packages/orders/tsconfig.json cannot be read: error TS5083: x',
    ]);
  });

  test('that loosens what the root has, by its own words or by extending something else', () => {
    expect(of({ options: { strict: false, noCheck: true, lib: [] }, files })).toEqual([
      'orders: packages/orders/tsconfig.json loosens strict: it is false there, and true in the root',
      'orders: packages/orders/tsconfig.json loosens noCheck: it is true there, and off in the root',
    ]);
    expect(of({ options: {}, files })).toEqual([
      'orders: packages/orders/tsconfig.json loosens strict: it is off there, and true in the root',
    ]);
    expect(of({ options: { strict: true, strictNullChecks: false }, files })).toEqual([
      'orders: packages/orders/tsconfig.json loosens strictNullChecks: it is false there, and off in the root',
    ]);
    expect(of({ options: { strict: true, noPropertyAccessFromIndexSignature: true, allowJs: true }, files })).toEqual(
      [],
    );
  });

  test('that leaves files out', () => {
    expect(of({ options: { strict: true }, files: new Set(['src/main.ts']) })).toEqual([
      'orders: packages/orders/tsconfig.json leaves out packages/orders/src/price.test.ts and 1 more: nothing checks their types',
    ]);
  });
});

test('comments that switch a tool off for a file', () => {
  const silences = [
    { text: '@ts-nocheck', line: 1 },
    { text: 'biome-ignore-all', line: 2 },
  ];
  const sources = new Map([...aPackage().sources, ['src/main.ts', aSource({ silences })] as const]);
  expect(told({ orders: { sources } })).toEqual([
    'orders: packages/orders/src/main.ts:1 switches the compiler off: @ts-nocheck',
    'orders: packages/orders/src/main.ts:2 switches the linter off: biome-ignore-all',
  ]);
});

describe('biome.json', () => {
  const of = (biome: object | undefined) => {
    const { rootTexts } = aRepository();
    const others = [...rootTexts].filter(([path]) => path !== 'biome.json');
    const own = biome === undefined ? [] : [['biome.json', JSON.stringify(biome)] as const];
    return told({ rootTexts: new Map([...others, ...own]) });
  };

  test('that switches rules off', () => {
    const rules = {
      preset: 'none',
      nursery: { noFloatingPromises: 'off' },
      suspicious: { noDebugger: { level: 'info' }, noExplicitAny: 'error', recommended: false },
    };
    expect(
      of({
        linter: { rules },
        formatter: { enabled: false },
        files: { includes: ['**', '!package-lock.json', '!!packages/x/**'] },
      }),
    ).toEqual([
      'workspace: biome.json switches linter.rules.preset off',
      'workspace: biome.json switches linter.rules.nursery.noFloatingPromises off',
      'workspace: biome.json switches linter.rules.suspicious.noDebugger off',
      'workspace: biome.json switches linter.rules.suspicious.recommended off',
      'workspace: biome.json switches formatter.enabled off',
      'workspace: biome.json leaves packages/x/** out',
    ]);
  });

  test('that switches them off for some files', () => {
    const off = (...includes: string[]) => ({
      overrides: [{ includes, linter: { rules: { suspicious: { noTemplateCurlyInString: 'off' } } } }],
    });
    expect(of(off('**/*.test.ts', '**/integration/**'))).toEqual([]);
    expect(of(off('**/*.{test,spec}.*', '!{generators,test}/**'))).toEqual([]);
    expect(of(off('**/*.test.ts', 'packages/orders/**'))).toHaveLength(1);
    expect(of(off('packages/orders/**'))).toEqual([
      'workspace: biome.json for packages/orders/** switches linter.rules.suspicious.noTemplateCurlyInString off',
    ]);
  });

  test('that is gone', () => {
    expect(of(undefined)).toEqual(['workspace: biome.json is not there: nothing is linted by rules of its own']);
  });
});
