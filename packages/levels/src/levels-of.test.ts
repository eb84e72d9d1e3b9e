import { describe, expect, test } from 'vitest';
import { catcherOf, countLevels, needlessTests, survivorsOf, type Tried } from './levels-of.ts';
import type { Mutant } from './mutants/mutant.ts';
import type { Verdict } from './try-mutants.ts';

const tests = ['a', 'b', 'c'].map((id) => ({ id, file: 'x.test.ts', name: id, milliseconds: 1 }));
const by = (ids: string, isComplete = true): Verdict => ({
  outcome: 'caught',
  by: tests.filter(({ id }) => ids.includes(id)),
  isComplete,
});
const survived: Verdict = { outcome: 'survived' };
const notReached: Verdict = { outcome: 'not reached' };
const mutant = (cost: Mutant['cost'] = 3, start = 0): Mutant => ({
  kind: 'code',
  what: '',
  path: 'src/a.ts',
  start,
  end: start,
  replacement: '',
  cost,
});
const tried = (unit: Verdict | undefined, integration: Verdict | undefined, of = mutant()): Tried => ({
  mutant: of,
  unit,
  integration,
});

test.each([
  [by('a'), by('a'), 'both'],
  [by('a'), survived, 'unit'],
  [by('a'), notReached, 'unit'],
  [by('a'), undefined, 'unit, at least'],
  [survived, by('a'), 'integration'],
  [notReached, by('a'), 'integration'],
  [survived, notReached, 'none'],
  [survived, undefined, 'untried'],
  [undefined, undefined, 'untried'],
] as const)('of %o and %o it is %s', (unit, integration, catcher) => {
  expect(catcherOf({ unit, integration })).toBe(catcher);
});

test('mutants are counted by kind and level', () => {
  const counts = countLevels([tried(by('a'), by('a')), tried(survived, survived), tried(survived, survived)]);
  expect(counts.get('code')).toMatchObject({ both: 1, none: 2, unit: 0 });
});

test('survivors come the dearest first', () => {
  const all = [1, 5, 3].map((cost, index) => tried(survived, survived, mutant(cost as Mutant['cost'], index)));
  expect(survivorsOf([...all, tried(by('a'), survived)]).map((each) => each.mutant.cost)).toEqual([5, 3, 1]);
});

describe('a test is needless', () => {
  test('where others catch all that it catches', () => {
    const all = [tried(by('ab'), undefined), tried(by('b'), undefined)];
    expect(needlessTests('unit', { tests }, all)?.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  test('by no means that are known, where not all mutants were tried', () => {
    expect(needlessTests('unit', { tests }, [tried(undefined, undefined)])).toBeUndefined();
  });

  test('not where it is not known who else catches it', () => {
    expect(needlessTests('unit', { tests }, [tried(by('ab', false), undefined)])?.map(({ id }) => id)).toEqual(['c']);
  });
});
