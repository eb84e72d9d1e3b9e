import { describe, expect, test } from 'vitest';
import { type Ground, keysOn } from './known-verdicts.ts';
import type { Mutant } from './mutants/mutant.ts';

const tests = ['one', 'two'].map((id) => ({ id, file: `${id}.test.ts`, name: id, milliseconds: 1 }));
const texts: Readonly<Record<string, string>> = {
  'one.test.ts': '1',
  'two.test.ts': '2',
  'src/a.ts': 'a',
  'src/b.ts': 'b',
};
const ground: Ground = {
  look: {
    type: 'look',
    tests,
    reached: {},
    reachedOnLoad: [],
    loads: { 'one.test.ts': ['src/a.ts'], 'two.test.ts': ['src/a.ts', 'src/b.ts'] },
    starters: ['two'],
    answered: {},
    failures: [],
  },
  textOf: (path) => texts[path],
  shared: ['lock'],
  code: ['a', 'b', 'main'],
};
const mutant: Mutant = { kind: 'code', what: '', path: 'src/a.ts', start: 0, end: 1, replacement: 'c', cost: 3 };
const [one = tests[0], two = tests[1]] = tests;
const changed = (path: string): Ground => ({ ...ground, textOf: (each) => (each === path ? 'changed' : texts[each]) });
const keyOf = (on: Ground, of = mutant, by = [one]) => keysOn(on)(of, by as typeof tests);

describe('a verdict is known', () => {
  test('where nothing changed, or something that its tests do not load', () => {
    expect(keyOf({ ...ground })).toBe(keyOf(ground));
    expect(keyOf(changed('src/b.ts'))).toBe(keyOf(ground));
    expect(keyOf({ ...ground, code: [] })).toBe(keyOf(ground));
  });

  test.each([
    ['the file of the mutant', keyOf(changed('src/a.ts'))],
    ['a test file', keyOf(changed('one.test.ts'))],
    ['the lockfile', keyOf({ ...ground, shared: ['other'] })],
    ['the mutant', keyOf(ground, { ...mutant, replacement: 'd' })],
    ['its place', keyOf(ground, { ...mutant, end: 2 })],
  ])('not where %s changed', (_, key) => {
    expect(key).not.toBe(keyOf(ground));
  });

  test('by a test that starts processes only where all code is the same', () => {
    const by = [two];
    expect(keyOf({ ...ground, code: [] }, mutant, by)).not.toBe(keyOf(ground, mutant, by));
    expect(keyOf(changed('src/b.ts'), mutant, by)).not.toBe(keyOf(ground, mutant, by));
  });
});
