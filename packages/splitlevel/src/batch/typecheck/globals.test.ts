import { expect, test } from 'vitest';
import { augmentedModules, mayAffectGlobals } from './globals.ts';

test.each([
  ['a.ts', 'export {};\ndeclare global {\n  var a: number;\n}'],
  ['a.ts', "import 'b';\ndeclare /* c */\n// d\nmodule 'b' {}"],
  ['a.d.ts', "declare module '*.css' {\n  export default string;\n}"],
  ['a.d.ts', 'export as namespace A;\nexport const a: 1;'],
  ['a.d.ts', 'declare namespace A {\n  export const a: 1;\n}'],
  ['a.d.mts', "declare const a: import('b').B;"],
  ['a.css.d.ts', '/*\nexport {};\n*/\n// export {};\ndeclare const a: "\\"; export {}";'],
  ['a.d.ts', ''],
])('%s with %j may', (name, text) => {
  expect(mayAffectGlobals(name, text, true)).toBe(true);
});

test.each([
  ['a.ts', 'const a = 1;'],
  ['a.ts', 'export const declared = global.module;'],
  ['a.json', '{ "a": "declare global" }'],
  ['a.d.ts', '/** A. */\ndeclare const a: { b: "}" };\nexport { a };'],
  ['a.d.ts', "import b from 'b';"],
  ['a.d.ts', 'declare class A {}\nexport = A;'],
])('%s with %j does not', (name, text) => {
  expect(mayAffectGlobals(name, text, true)).toBe(false);
});

test.each([
  ['const a = 1;', true],
  ["const a = import('b');", true],
  ["import('b');", true],
  ['const a = 1;\nexport { a };', true],
  ["#!/usr/bin/env node\n/* a */ // b\nimport 'c';", false],
  ['export const a = 1;', false],
])('where files are no modules by themselves, %j may: %s', (text, expected) => {
  expect(mayAffectGlobals('a.ts', text, false)).toBe(expected);
});

test('many comments take no time', () => {
  expect(mayAffectGlobals('a.ts', '/* a */ // b // c\n'.repeat(10_000), false)).toBe(true);
});

test('a module may add to others; what a script declares are modules', () => {
  const text = 'declare module \'a\' {}\ndeclare /* b */ module "./c.ts" {}\n';
  expect(augmentedModules('a.ts', text)).toEqual(['a', './c.ts']);
  expect(augmentedModules('a.d.ts', `${text}export {};\n`)).toEqual(['a', './c.ts']);
  expect(augmentedModules('a.d.ts', text)).toEqual([]);
});
