import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeJson } from './merge-json.ts';

const write = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

function merge(base: unknown, ours: unknown, theirs: unknown, path = 'package.json') {
  const merged = mergeJson(path, base === undefined ? undefined : write(base), write(ours), write(theirs));
  return { value: JSON.parse(merged?.text ?? 'null') as unknown, explanation: merged?.explanation };
}

const libraries = (versions: Record<string, string>) => ({ name: 'a', dependencies: versions });

describe('of versions the higher one wins:', () => {
  test.each([
    ['the template raised it', '1.0.0', '1.0.0', '1.1.0', '1.1.0'],
    ['the owner raised it', '1.0.0', '2.0.0', '1.0.0', '2.0.0'],
    ['both raised it, the template further', '1.0.0', '1.1.0', '1.2.0', '1.2.0'],
    ['both raised it, the owner further', '1.0.0', '1.10.0', '1.9.0', '1.10.0'],
    ['only the template changed it, and lowered it', '2.0.0', '2.0.0', '1.0.0', '2.0.0'],
    ['both lowered it', '3.0.0', '1.0.0', '2.0.0', '2.0.0'],
    ['the owner took a range', '1.0.0', '^1.0.0', '1.0.0', '^1.0.0'],
    ['the template took the workspace’s', '*', '*', 'workspace:*', 'workspace:*'],
  ])('%s', (_, base, ours, theirs, expected) => {
    // Once with another change of the owner's, and once without.
    for (const more of [{}, { own: '1.0.0' }]) {
      const merged = merge(libraries({ m: base }), libraries({ m: ours, ...more }), libraries({ m: theirs }));
      expect(merged).toEqual({ value: libraries({ m: expected, ...more }), explanation: undefined });
    }
  });

  test('of those that cannot be compared the owner’s stays, and is told', () => {
    const merged = merge(libraries({ m: '1.0.0' }), libraries({ m: 'file:../m' }), libraries({ m: '2.0.0' }));
    expect(merged).toEqual({
      value: libraries({ m: 'file:../m' }),
      explanation:
        'You and the template both changed dependencies.m (the template has "2.0.0"); what you have was kept.',
    });
  });

  test.each([
    ['engines', { engines: { node: '>=20' } }, { engines: { node: '>=22' } }, { engines: { node: '>=24' } }],
    [
      'packageManager',
      { packageManager: 'npm@10.0.0' },
      { packageManager: 'npm@10.1.0' },
      { packageManager: 'npm@11.0.0' },
    ],
  ])('%s', (_, base, ours, theirs) => {
    expect(merge(base, ours, theirs)).toEqual({ value: theirs, explanation: undefined });
    expect(merge(base, theirs, ours)).toEqual({ value: theirs, explanation: undefined });
  });

  test('images', () => {
    const images = (postgres: string, redis: string) => ({ postgres, redis });
    expect(
      merge(
        images('postgres:17-alpine', 'redis:7-alpine'),
        images('postgres:19-alpine', 'redis:7-alpine'),
        images('postgres:18-alpine', 'redis:8-alpine'),
        'images.json',
      ),
    ).toEqual({ value: images('postgres:19-alpine', 'redis:8-alpine'), explanation: undefined });
  });
});

describe('keys', () => {
  test.each<[what: string, base: object, ours: object, theirs: object, expected: object]>([
    ['of the owner stay', { a: 1 }, { a: 1, own: 1 }, { a: 2 }, { a: 2, own: 1 }],
    ['that the owner removed stay removed', { a: 1, b: { c: 1 } }, { a: 1 }, { a: 2, b: { c: 2 } }, { a: 2 }],
    ['that the template removed go', { a: 1, b: 1 }, { a: 1, b: 1, own: 1 }, { a: 1 }, { a: 1, own: 1 }],
    ['of an object that it removed go', { a: { b: 1 } }, { a: { b: 1 }, own: 1 }, {}, { own: 1 }],
    ['of the owner in it stay', { a: { b: 1 } }, { a: { b: 1, own: 1 } }, {}, { a: { own: 1 } }],
    [
      'of a library that it removed stay if the owner raised it',
      libraries({ m: '1' }),
      libraries({ m: '2' }),
      libraries({}),
      libraries({ m: '2' }),
    ],
    ['that both added alike are one', {}, { a: { b: 1 } }, { a: { b: 1, c: 1 } }, { a: { b: 1, c: 1 } }],
    ['that became objects', { a: 'x' }, { a: 'x', own: 1 }, { a: { x: 'y' } }, { a: { x: 'y' }, own: 1 }],
    [
      'named as a prototype’s',
      {},
      { own: 1 },
      { constructor: 'x', toString: 'y' },
      { constructor: 'x', toString: 'y', own: 1 },
    ],
  ])('%s', (_, base, ours, theirs, expected) => {
    expect(merge(base, ours, theirs)).toEqual({ value: expected, explanation: undefined });
  });

  test('that both changed stay as the owner has them, and all are told', () => {
    const { value, explanation } = merge(
      { scripts: { a: '1', b: '1' }, n: 1 },
      { scripts: { a: '2', b: '2' }, n: 2 },
      { scripts: { a: '3' }, n: 3 },
    );
    expect(value).toEqual({ scripts: { a: '2', b: '2' }, n: 2 });
    expect(explanation).toBe(
      'You and the template both changed scripts.a (the template has "3"), scripts.b (the template removed it) and n (the template has 3); what you have was kept.',
    );
  });

  test('that are new stand in the order of the keys, or behind the one that they follow', () => {
    const sorted = mergeJson(
      'package.json',
      '{\n  "a": 1,\n  "z": 1\n}\n',
      '{\n  "a": 1,\n  "aa": 1,\n  "z": 1\n}\n',
      '{\n  "a": 1,\n  "b": 1,\n  "z": 1\n}\n',
    );
    expect(sorted?.text).toBe('{\n  "a": 1,\n  "aa": 1,\n  "b": 1,\n  "z": 1\n}\n');
    const exported = mergeJson(
      'package.json',
      '{"types": 1, "default": 1}',
      '{"types": 1, "own": 1, "default": 1}',
      '{"types": 1, "import": 1, "default": 1}',
    );
    expect(exported?.text).toBe('{"types": 1, "import": 1, "own": 1, "default": 1}');
  });
});

describe('arrays', () => {
  test.each([
    ['of strings are sets', ['a', 'b'], ['a', 'b', 'own'], ['a', 'c'], ['a', 'c', 'own']],
    ['and what the owner removed stays removed', ['a', 'b'], ['b'], ['a', 'b', 'c'], ['b', 'c']],
    ['of the template alone are as it has them', ['a', 'b'], ['a', 'b'], ['b', 'a'], ['b', 'a']],
    ['of anything else are replaced', [1, { a: 1 }], [1, { a: 1 }], [2], [2]],
  ])('%s', (_, base, ours, theirs, expected) => {
    expect(merge({ a: base }, { a: ours, own: 1 }, { a: theirs })).toEqual({
      value: { a: expected, own: 1 },
      explanation: undefined,
    });
  });

  test('of anything else that both changed stay', () => {
    const { value, explanation } = merge({ a: [1] }, { a: [1, 2] }, { a: [1, 3] });
    expect([value, explanation]).toEqual([{ a: [1, 2] }, expect.stringContaining('a (the template has [1,3])')]);
  });
});

test('comments and layout of the owner stay', () => {
  const base =
    '{\n  "compilerOptions": {\n    "target": "es2022",\n    "old": true,\n    "last": 1\n  },\n  "include": ["src"]\n}\n';
  const ours =
    '// ours\n{\n\t"compilerOptions": {\n\t\t"target": "es2022", // why\n\t\t"old": true,\n\t\t/* of mine */\n\t\t"own": 1,\n\t\t"last": 1,\n\t},\n\t"include": [\n\t\t"src",\n\t\t// mine\n\t\t"tools"\n\t]\n}\n';
  const theirs =
    '{\n  "compilerOptions": {\n    "target": "es2024",\n    "new": { "a": [1] }\n  },\n  "include": ["src", "test"]\n}\n';
  expect(mergeJson('tsconfig.json', base, ours, theirs)?.text).toBe(
    '// ours\n{\n\t"compilerOptions": {\n\t\t"target": "es2024", // why\n\t\t"new": {\n\t\t\t"a": [1]\n\t\t},\n\t\t/* of mine */\n\t\t"own": 1,\n\t},\n\t"include": [\n\t\t"src",\n\t\t"test",\n\t\t// mine\n\t\t"tools"\n\t]\n}\n',
  );
});

test.each([
  ['in lines, the last', '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 1\n}\n'],
  ['in one line, the last', '{ "a": 1, "b": 2 }', '{ "a": 1 }'],
  ['in one line, the first', '{ "b": 2, "a": 1 }', '{ "a": 1 }'],
  ['in lines, with a comment', '{\n  "a": 1, // of a\n  "b": 2 // of b\n}\n', '{\n  "a": 1 // of a\n  // of b\n}\n'],
])('a key is removed %s', (_, ours, expected) => {
  expect(mergeJson('package.json', '{"a":1,"b":2}', ours, '{"a":1}')?.text).toBe(expected);
});

test('a text of the owner’s that was not touched becomes the template’s to the byte', () => {
  const theirs = '{"z": [ 1 ],\n"a": 2}';
  expect(mergeJson('package.json', '{"a": 1}', '{"a": 1}', theirs)?.text).toBe(theirs);
});

test.each(['{"a": 1', '[1]', '', '{"a": 1, "a": 2}', '<<<<<<< yours\n{}'])('%j is not merged by keys', (text) => {
  expect(mergeJson('package.json', '{}', text, '{"b": 1}')).toBeUndefined();
  expect(mergeJson('package.json', '{}', '{"b": 1}', text)).toBeUndefined();
});

describe('random objects', () => {
  const leaves = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom('a', 'b'), fc.boolean(), fc.constant(null));
  const strings = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
    object: fc.dictionary(fc.constantFrom('k', 'l', 'm', 'n'), tie('value'), { maxKeys: 4 }),
    value: fc.oneof({ maxDepth: 3 }, leaves, strings, fc.array(leaves), tie('object')),
  }));
  const layouts = fc.constantFrom(undefined, 2, '\t');
  const value = (text: string | undefined) => JSON.parse(text ?? 'null') as unknown;

  test('that one side left as they were are as the other has them', () => {
    fc.assert(
      fc.property(object, object, layouts, layouts, (base, side, layout, other) => {
        const [was, is] = [JSON.stringify(base, undefined, layout), JSON.stringify(side, undefined, other)];
        expect(mergeJson('a.json', was, is, was)).toEqual({ text: is, explanation: undefined });
        expect(mergeJson('a.json', was, is, is)).toEqual({ text: is, explanation: undefined });
        // Laid out otherwise, so that it is not taken for untouched.
        const merged = mergeJson('a.json', was, ` ${was}`, is);
        expect([value(merged?.text), merged?.explanation]).toEqual([side, undefined]);
      }),
    );
  });

  test('lose no key of the owner’s, and to merge again changes nothing', () => {
    fc.assert(
      fc.property(object, object, object, layouts, (base, ours, theirs, layout) => {
        const [was, is, becomes] = [base, ours, theirs].map((each) => JSON.stringify(each, undefined, layout));
        const merged = mergeJson('a.json', was, is ?? '', becomes ?? '');
        const added = Object.keys(ours).filter((key) => !(key in base));
        expect(Object.keys(value(merged?.text) as object)).toEqual(expect.arrayContaining(added));
        expect(mergeJson('a.json', becomes, merged?.text ?? '', becomes ?? '')?.text).toBe(merged?.text);
      }),
    );
  });
});
