import { expect, test } from 'vitest';
import { mayShare, parseConfiguration } from './configuration.ts';

test('a plain configuration names the shared one and the files, as a folder of the root would', () => {
  const text = `{
    // what every package has
    "$schema": "https://json.schemastore.org/tsconfig",
    "extends": "../../tsconfig.json",
    "include": ["src", "./test", "**/*.mts", "src"],
  }`;
  expect(parseConfiguration(text, 'packages/pricing')).toEqual({
    shared: '../tsconfig.json',
    include: ['../packages/pricing/src', '../packages/pricing/./test', '../packages/pricing/**/*.mts'],
  });
});

test.each([
  ['no JSON', '{ "extends": '],
  ['a list', '[]'],
  ['nothing', ''],
  ['options', '{ "extends": "../tsconfig.json", "include": ["src"], "compilerOptions": {} }'],
  ['an exclude', '{ "extends": "../tsconfig.json", "include": ["src"], "exclude": [] }'],
  ['references', '{ "extends": "../tsconfig.json", "include": ["src"], "references": [] }'],
  ['no shared configuration', '{ "include": ["src"] }'],
  ['several shared configurations', '{ "extends": ["../tsconfig.json"], "include": ["src"] }'],
  ['one by a package’s name', '{ "extends": "@tsconfig/node24", "include": ["src"] }'],
  ['no files', '{ "extends": "../tsconfig.json" }'],
  ['an empty list of files', '{ "extends": "../tsconfig.json", "include": [] }'],
])('a configuration with %s is not plain', (_, text) => {
  expect(parseConfiguration(text, 'pricing')).toBeUndefined();
});

test.each([
  '../other/src',
  'src/../../other',
  '/src',
  'node_modules/own',
  'src/Node_Modules',
  'packages/*/src',
  'src?',
  '${configDir}/src',
  '.',
  '',
  1,
])('the pattern %j does not name the same files from elsewhere', (pattern) => {
  const text = JSON.stringify({ extends: '../tsconfig.json', include: ['src', pattern] });
  expect(parseConfiguration(text, 'pricing')).toBeUndefined();
});

test.each(['.', 'packages/*', 'packages/a?'])('the folder %s is not in a pattern', (folder) => {
  expect(parseConfiguration('{ "extends": "../tsconfig.json", "include": ["src"] }', folder)).toBeUndefined();
});

const options = { noEmit: true, types: ['node'], strict: true, paths: { '#a': ['../a'] } };

test('packages share a program whose options only say how files are checked', () => {
  expect(mayShare(options, '/repository/.nx')).toBe(true);
});

test.each([
  ['files are written', { noEmit: false }],
  ['types are found by themselves', { types: undefined }],
  ['all types are there', { types: ['*'] }],
  ['the state of the last run is kept', { incremental: true }],
  ['JavaScript is read', { allowJs: true }],
  ['an option is unknown', { later: true }],
  ['an option depends on the place of the configuration', { paths: { '#a': ['/repository/.nx/a'] } }],
])('packages share no program where %s', (_, other) => {
  expect(mayShare({ ...options, ...other }, '/repository/.nx')).toBe(false);
});
