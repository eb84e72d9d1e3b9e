import { describe, expect, test } from 'vitest';
import {
  argumentOf,
  callOf,
  entryOf,
  functionNamed,
  ifCalling,
  inside,
  interfaceBody,
  newOf,
  patternOf,
  resultOf,
  returnedBy,
  variable,
} from './places.ts';
import { TypeScriptFile } from './typescript-file.ts';

function edit(source: string, change: (file: TypeScriptFile) => void): string {
  const file = new TypeScriptFile('src/a.ts', source);
  change(file);
  return file.text;
}

const needs = { place: variable('needs'), words: 'object that needs is set to' };
const add = (file: TypeScriptFile) => file.addMember(needs, 'b', 'b: two()');

describe('a member is added', () => {
  test.each([
    ['on a line of its own', 'const needs = {\n\ta: 1,\n};', 'const needs = {\n\ta: 1,\n\tb: two(),\n};'],
    ['where a comma is missing', 'const needs = {\n  a: 1\n};', 'const needs = {\n  a: 1,\n  b: two(),\n};'],
    ['behind a comment', 'const needs = {\n  a: 1, // x\n};', 'const needs = {\n  a: 1, // x\n  b: two(),\n};'],
    ['behind a comment without a comma', 'x({\n  a: 1 // x\n})', 'x({\n  a: 1, // x\n  b: two(),\n})'],
    ['on the same line', 'const needs = { a: 1 };', 'const needs = { a: 1, b: two() };'],
    ['on the same line, behind a comma', 'const needs = { a: 1, };', 'const needs = { a: 1, b: two(), };'],
    ['to an empty object', 'const needs = {};', 'const needs = {\n  b: two(),\n};'],
    ['to an object with a comment', 'const needs = {\n  // none\n};', 'const needs = {\n  // none\n  b: two(),\n};'],
    ['behind types', 'const needs = { a: 1 } satisfies N as M;', 'const needs = { a: 1, b: two() } satisfies N as M;'],
    [
      'with the ends of lines of Windows',
      'const needs = {\r\n  a,\r\n};',
      'const needs = {\r\n  a,\r\n  b: two(),\r\n};',
    ],
  ])('%s', (_, source, expected) => {
    const place = source.startsWith('x') ? argumentOf(callOf('x')) : needs.place;
    expect(edit(source, (file) => file.addMember({ ...needs, place }, 'b', 'b: two()'))).toBe(expected);
  });

  test('with a comment above it', () => {
    const edited = edit('const needs = {\n  a,\n};', (file) => file.addMember(needs, 'b', '/** B. */\nb'));
    expect(edited).toBe('const needs = {\n  a,\n  /** B. */\n  b,\n};');
  });

  test.each(['{ b: two() }', '{ b:\n  two(), }', "{ 'a': 1, b: two() }"])('not twice: %s', (object) => {
    expect(edit(`const needs = ${object};`, add)).toBe(`const needs = ${object};`);
  });

  test('to an interface, a pattern, an array, a result and what a function returns', () => {
    const words = 'place';
    const source = [
      'interface Parts { readonly a: A }',
      'x.extend("environment", ({ a }) => ({ a }));',
      'const list = [\n  a,\n];',
      'function read() {\n  return {\n    a,\n  };\n}',
    ].join('\n');
    const call = callOf('extend');
    const edited = edit(source, (file) => {
      file.addMember({ place: interfaceBody('Parts'), words }, 'b', 'readonly b: B');
      file.addMember({ place: resultOf(argumentOf(call, 1)), words }, 'b', 'b');
      file.addMember({ place: patternOf(argumentOf(call, 1)), words }, 'b', 'b');
      file.addMember({ place: variable('list'), words }, 'b', 'b');
      file.addMember({ place: returnedBy('read'), words }, 'b', 'b');
    });
    expect(edited).toBe(
      [
        'interface Parts { readonly a: A; readonly b: B }',
        'x.extend("environment", ({ a, b }) => ({ a, b }));',
        'const list = [\n  a,\n  b,\n];',
        'function read() {\n  return {\n    a,\n    b,\n  };\n}',
      ].join('\n'),
    );
  });
});

test.each([
  ['const needs = { a: 1, b };', 'b'],
  ["const needs = { 'b': two() } as Needs;", "'b': two()"],
  ['const needs = { b() {} };', 'b() {}'],
  ['const needs = { a: { b: 1 } };', undefined],
  ['const needs = make();', undefined],
])('the code of an entry: %s', (source, code) => {
  expect(new TypeScriptFile('src/a.ts', source).codeAt(entryOf(needs.place, 'b'))).toBe(code);
});

describe('an import is added', () => {
  const wanted = { name: 'b', from: './b.ts' };
  test.each([
    ["import { a } from './a.ts';\na();", "import { a } from './a.ts';\nimport { b } from './b.ts';\na();"],
    ["import { a } from './b.ts';", "import { a, b } from './b.ts';"],
    ["import type { B } from './b.ts';", "import type { B } from './b.ts';\nimport { b } from './b.ts';"],
    ["import { b } from './b.ts';", "import { b } from './b.ts';"],
    ['export const a = 1;', "import { b } from './b.ts';\n\nexport const a = 1;"],
  ])('%j', (source, expected) => {
    expect(edit(source, (file) => file.addImport(wanted))).toBe(expected);
  });

  test('beside another one, where there were none', () => {
    const edited = edit('export const a = 1;', (file) => {
      file.addImport(wanted);
      file.addImport({ name: 'c', from: './c.ts' });
    });
    expect(edited).toBe("import { b } from './b.ts';\nimport { c } from './c.ts';\n\nexport const a = 1;");
  });

  test.each(["import { b } from './c.ts';", 'const b = 1;', 'export function b() {}'])(
    'unless the file has the name for something else: %s',
    (source) => {
      expect(() => edit(source, (file) => file.addImport(wanted))).toThrow('src/a.ts has b already:\n  ');
    },
  );
});

describe('arguments and statements are added', () => {
  const route = { place: callOf('route'), words: 'call of route' };
  test.each([
    ['route(server);', 'const parts = {};\nroute(server, parts);'],
    ['route();', 'const parts = {};\nroute(parts);'],
  ])('%s', (source, expected) => {
    const edited = edit(source, (file) => {
      file.addArgument(route, 'parts');
      file.addBefore({ ...route, place: callOf('route') }, 'const parts = {};');
    });
    expect(edited).toBe(expected);
  });

  test('a statement before a function and its comment, and one before a condition', () => {
    const source = 'a();\n/** F. */\nexport function f() {\n  if (g(1)) return;\n}';
    const edited = edit(source, (file) => {
      file.addBefore({ place: functionNamed('f'), words: '' }, 'b();');
      file.addBefore({ place: inside(functionNamed('f'), ifCalling('g')), words: '' }, 'c();');
    });
    expect(edited).toBe('a();\nb();\n/** F. */\nexport function f() {\n  c();\n  if (g(1)) return;\n}');
  });

  test('a parameter where there is none', () => {
    const place = argumentOf(callOf('extend'));
    expect(edit('x.extend(() => ({}))', (file) => file.addArgument({ place, words: '' }, '{ b }'))).toBe(
      'x.extend(({ b }) => ({}))',
    );
  });
});

test('code is put in the place of other code', () => {
  const first = { place: newOf('A'), words: 'new A' };
  expect(edit('const b = [new B(), new A(1)];', (file) => file.replace(first, 'made(new A(1))'))).toBe(
    'const b = [new B(), made(new A(1))];',
  );
  expect(() => edit('const b = new B();', (file) => file.replace(first, 'a()'))).toThrow(
    'src/a.ts has no new A, to which this was to be added:\n  a()',
  );
});

describe('what is added has the layout of the file', () => {
  const needs = { place: variable('needs'), words: 'object' };
  const add = (file: TypeScriptFile) => file.addMember(needs, 'b', 'b: two({\n  c: 1,\n})');

  test.each([
    [
      'tabs',
      'export const needs = {\n\ta: one(),\n};\n',
      'export const needs = {\n\ta: one(),\n\tb: two({\n\t\tc: 1,\n\t}),\n};\n',
    ],
    [
      'four spaces',
      'f({\n    x,\n});\nexport const needs = {};\n',
      'f({\n    x,\n});\nexport const needs = {\n    b: two({\n        c: 1,\n    }),\n};\n',
    ],
    [
      'CRLF in most lines',
      'a();\n\r\n\r\nexport const needs = {\r\n  a: one(),\r\n};',
      'a();\n\r\n\r\nexport const needs = {\r\n  a: one(),\r\n  b: two({\r\n    c: 1,\r\n  }),\r\n};',
    ],
  ])('%s', (_layout, source, expected) => {
    expect(edit(source, add)).toBe(expected);
  });

  test('tabs before a statement inside of a function', () => {
    const source = 'export function f() {\n\tif (g(1)) return;\n}';
    const place = inside(functionNamed('f'), ifCalling('g'));
    expect(edit(source, (file) => file.addBefore({ place, words: '' }, 'if (a) {\n  b();\n}'))).toBe(
      'export function f() {\n\tif (a) {\n\t\tb();\n\t}\n\tif (g(1)) return;\n}',
    );
  });
});

describe('what is not as expected is refused, with the lines to add by hand', () => {
  test('a place that is not there', () => {
    expect(() => edit('export const other = {};', add)).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: 'src/a.ts has no object that needs is set to, to which this was to be added:\n  b: two()',
      }),
    );
  });

  test('a place that is something else', () => {
    expect(() => edit('export const needs = makeNeeds();', add)).toThrow('src/a.ts has no object that needs is set to');
  });

  test('a name that is taken', () => {
    expect(() => edit('const needs = { b: one() };', add)).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: 'src/a.ts has b already:\n  b: one()\nIt was to be:\n  b: two()',
      }),
    );
  });

  test('text that is not TypeScript', () => {
    expect(() => edit('const = {', add)).toThrow('src/a.ts is to be edited, but is not valid TypeScript: ');
  });
});
