import { expect, test } from 'vitest';
import type { ProgramFile } from './output.ts';
import { classesOf, filesOf, notOfAll, ownFiles, reachOf, withoutDoubles } from './reach.ts';

const file = (patterns: readonly string[], importers: readonly string[], packageId?: string): ProgramFile => ({
  patterns: [...patterns],
  importers: [...importers],
  names: new Set(),
  forAll: false,
  ...(packageId !== undefined && { packageId }),
});
const files = new Map([
  ['lib.d.ts', { ...file([], []), forAll: true }],
  ['node.d.ts', file([], ['lib.d.ts'])],
  ['a/src/a.ts', file(['a/src'], ['a/src/a.test.ts', 'b/src/b.ts'])],
  ['a/src/a.test.ts', file(['a/src'], [])],
  ['b/src/b.ts', file(['b/src'], ['c/test/c.ts'])],
  ['c/test/c.ts', file(['c/test'], ['c/test/d.ts'])],
  ['c/test/d.ts', file(['c/test'], ['c/test/c.ts'])],
]);
const [a, b, c, d] = [
  { include: ['a/src'] },
  { include: ['b/src'] },
  { include: ['c/src', 'c/test'] },
  { include: ['d'] },
];

test('a package reaches its own files, what they import, and what the options name', () => {
  expect(ownFiles(a, files)).toEqual(['a/src/a.ts', 'a/src/a.test.ts']);
  const reach = reachOf([a, b, c, d], files);
  expect([...reach.keys()], 'd has no files').toEqual([a, b, c]);
  expect([...(reach.get(a) ?? [])].sort()).toEqual(['a/src/a.test.ts', 'a/src/a.ts', 'lib.d.ts', 'node.d.ts']);
  expect([...(reach.get(b) ?? [])].sort()).toEqual(['a/src/a.ts', 'b/src/b.ts', 'lib.d.ts', 'node.d.ts']);
  expect(reach.get(c)).toEqual(new Set([...(reach.get(b) ?? []), 'c/test/c.ts', 'c/test/d.ts']));
  expect(notOfAll(reach).toSorted()).toEqual(['a/src/a.test.ts', 'b/src/b.ts', 'c/test/c.ts', 'c/test/d.ts']);
  expect(notOfAll(new Map())).toEqual([]);
});

test('a package that reaches one version of a dependency in two places is left out', () => {
  const copies = new Map([
    ['x', file([], [], 'x@1')],
    ['a/x', file([], [], 'x@1')],
    ['y', file([], [], 'y@1')],
    ['z', file([], [])],
  ]);
  const reach = new Map([
    ['one', new Set(['x', 'y', 'z'])],
    ['other', new Set(['a/x', 'y', 'z'])],
    ['both', new Set(['x', 'a/x'])],
  ]);
  expect([...withoutDoubles(reach, copies).keys()]).toEqual(['one', 'other']);
});

test('packages of one class reach the same affecting files; those that reach all are here', () => {
  const reach = new Map([
    ['none', new Set<string>()],
    ['x', new Set(['x', 'own'])],
    ['both', new Set(['x', 'y'])],
    ['x too', new Set(['x'])],
  ]);
  expect(classesOf(reach, ['x', 'y'], [])).toEqual({ here: ['both'], elsewhere: [['none'], ['x', 'x too']] });
  expect(classesOf(reach, [], [])).toEqual({ here: [...reach.keys()], elsewhere: [] });
});

test('packages that add to a module are of one class with those that have the same of that module', () => {
  const reach = new Map([
    ['adds', new Set(['adds', 'module'])],
    ['only adds', new Set(['adds'])],
    ['has module', new Set(['module'])],
  ]);
  const classes = classesOf(reach, ['adds'], [['adds', 'module']]);
  expect(classes).toEqual({ here: ['adds'], elsewhere: [['only adds'], ['has module']] });
});

test('a module is what is imported by its name, the file at its path, or else all of its package', () => {
  const named = { ...file([], []), names: new Set(['x', './x.ts']) };
  const modules = new Map([
    ['node_modules/x/index.d.ts', named],
    ['node_modules/@s/y/a.d.ts', file([], [])],
    ['node_modules/@s/y/b.d.ts', file([], [])],
    ['a/src/x.ts', named],
    ['a/src/xy.ts', file([], [])],
  ]);
  expect(filesOf('x', 'a/src/a.ts', modules)).toEqual(['node_modules/x/index.d.ts', 'a/src/x.ts']);
  expect(filesOf('./x.js', 'a/src/a.ts', modules)).toEqual(['a/src/x.ts']);
  expect(filesOf('@s/y/b', 'a/src/a.ts', modules)).toEqual(['node_modules/@s/y/a.d.ts', 'node_modules/@s/y/b.d.ts']);
});
