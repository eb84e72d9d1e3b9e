import { describe, expect, test } from 'vitest';
import { includeFolder, settleTypes } from './tsconfig.ts';

const plain = { folders: [] as string[], hasJavaScript: false, isCommonJs: false };
const settled = (configuration: object, more: Partial<typeof plain> = {}) => {
  const { text, fates } = settleTypes(JSON.stringify(configuration), ['unit'], { ...plain, ...more });
  const told = fates.map(({ setting, fate }) => `${setting.replace('tsconfig.json ', '')} ${fate}`);
  return { configuration: JSON.parse(text), told };
};

test('a package without one gets the standard’s', () => {
  expect(settleTypes(undefined, ['unit', 'integration'], plain)).toEqual({
    text: '{\n  "extends": "../../tsconfig.json",\n  "include": [\n    "src",\n    "integration"\n  ]\n}\n',
    fates: [],
  });
});

test('one that extends the workspace’s keeps its text', () => {
  const text = '{\n  // Why.\n  "extends": "../../tsconfig.json",\n  "include": ["src"]\n}\n';
  expect(settleTypes(text, ['unit'], plain)).toEqual({ text, fates: [] });
});

test('what says how the sources are written is kept; what loosens or emits goes', () => {
  const compilerOptions = {
    experimentalDecorators: true,
    jsx: 'react-jsx',
    moduleResolution: 'bundler',
    strict: false,
    noImplicitAny: false,
    noPropertyAccessFromIndexSignature: true,
    outDir: 'dist',
    baseUrl: '.',
    types: ['node', 'vitest/globals'],
  };
  const { configuration, told } = settled({ extends: '@tsconfig/node24', compilerOptions, include: ['src'] });
  expect(configuration).toEqual({
    extends: '../../tsconfig.json',
    compilerOptions: {
      experimentalDecorators: true,
      jsx: 'react-jsx',
      moduleResolution: 'bundler',
      noPropertyAccessFromIndexSignature: true,
      types: ['node'],
    },
    include: ['src'],
  });
  expect(told).toEqual([
    'extends @tsconfig/node24 dropped',
    'experimentalDecorators kept',
    'jsx kept',
    'moduleResolution kept',
    'strict dropped',
    'noImplicitAny dropped',
    'noPropertyAccessFromIndexSignature kept',
    'outDir dropped',
    'baseUrl dropped',
    'types rewritten',
  ]);
});

test('tests are checked too, and a file that names no folders does not take the workspace’s', () => {
  expect(settled({ exclude: ['dist', '**/*.test.ts'] }, { folders: ['src', 'test'] })).toEqual({
    configuration: { extends: '../../tsconfig.json', exclude: ['dist'], include: ['src', 'test'] },
    told: ['exclude **/*.test.ts dropped'],
  });
});

test('a file that names some folders checks the others too, where helpers of tests stay', () => {
  expect(settled({ include: ['src'] }, { folders: ['src', 'test'] }).configuration).toMatchObject({
    include: ['src', 'test'],
  });
});

test('CommonJS and JavaScript are checked as they are written', () => {
  expect(settled({ include: ['src'] }, { hasJavaScript: true, isCommonJs: true }).configuration).toMatchObject({
    compilerOptions: { module: 'preserve', allowJs: true },
  });
});

describe('a tsconfig.json that lists folders lists the new one', () => {
  test('behind the last', () => {
    expect(includeFolder('{\n  // Why.\n  "include": ["src"]\n}\n', 'integration')).toBe(
      '{\n  // Why.\n  "include": ["src", "integration"]\n}\n',
    );
  });

  test.each(['{}', '{"include":["**/*"]}', '{"include":["integration"]}', '{"include":["./integration/**"]}'])(
    '%s has it',
    (text) => {
      expect(includeFolder(text, 'integration')).toBe(text);
    },
  );
});
