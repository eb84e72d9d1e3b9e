import { describe, expect, test } from 'vitest';
import type { Mutant } from './mutants/mutant.ts';
import { reachIn } from './reach-of.ts';
import type { Look } from './trial/messages.ts';

const tests = ['one', 'two', 'three'].map((id) => ({ id, file: `${id}.test.ts`, name: id, milliseconds: 1 }));
const look: Look = {
  type: 'look',
  tests,
  reached: { '1': ['one', 'two'], '2': ['two'], '4': [] },
  reachedOnLoad: ['3'],
  loads: { 'one.test.ts': ['src/a.ts'], 'three.test.ts': ['src/a.ts', 'src/b.ts'] },
  starters: ['three'],
  answered: { 'integration/stubs/a/b.json': ['one'] },
  failures: [],
};
const at = (id: string, start: number, end: number) => ({ id, path: 'src/a.ts', start, end });
const reach = reachIn(look, [at('1', 0, 100), at('2', 10, 20), at('3', 30, 40), at('4', 50, 60)]);
const mutant = (start: number, end: number, more: Partial<Mutant> = {}): Mutant => ({
  kind: 'code',
  what: '',
  path: 'src/a.ts',
  start,
  end,
  replacement: '',
  cost: 3,
  ...more,
});
const idsOf = (of: Mutant) => reach(of).tests.map(({ id }) => id);

describe('the tests that can notice a mutant are', () => {
  test('those that reach the smallest place around it', () => {
    expect(idsOf(mutant(12, 15))).toEqual(['two']);
    expect(idsOf(mutant(22, 25))).toEqual(['one', 'two']);
  });

  test('those that load its file, where it is reached on loading, or where nothing tells', () => {
    expect(idsOf(mutant(32, 35))).toEqual(['one', 'three']);
    expect(idsOf(mutant(0, 5, { path: 'src/b.ts' }))).toEqual(['three']);
  });

  test('those that start processes, where no other reaches it', () => {
    expect(idsOf(mutant(52, 55))).toEqual(['three']);
    expect(idsOf(mutant(0, 5, { path: 'src/main.ts' }))).toEqual(['three']);
  });

  test('all of them for a migration', () => {
    expect(idsOf(mutant(0, 1, { kind: 'migration', path: 'migrations/0001-a.ts' }))).toEqual(['one', 'two', 'three']);
  });

  test('those that a stub answered', () => {
    expect(idsOf(mutant(0, 1, { kind: 'stub', path: 'integration/stubs/a/b.json' }))).toEqual(['one']);
    expect(idsOf(mutant(0, 1, { kind: 'stub', path: 'integration/stubs/a/c.json' }))).toEqual([]);
  });
});
