import { expect, test } from 'vitest';
import type { Mutant } from './mutants/mutant.ts';
import type { Test, Trial } from './trial/messages.ts';
import { type Trials, tryMutants, type Verdict } from './try-mutants.ts';

type Suite = Trials['processes'][number];

const tests: readonly Test[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({
  id,
  file: `${id}.test.ts`,
  name: id,
  milliseconds: 10,
}));
const mutants: readonly Mutant[] = [0, 1].map((start) => ({
  kind: 'code',
  what: '',
  path: 'src/a.ts',
  start,
  end: start + 1,
  replacement: '-',
  cost: 3,
}));
const caught = (...failed: string[]): Trial => ({ type: 'try', failed, broken: undefined });

/** Tries the mutants with a suite that answers in turn. */
async function verdictsOf(answers: readonly (Trial | undefined)[], more: Partial<Trials> = {}) {
  const left = [...answers];
  const asked: Parameters<Suite['attempt']>[0][] = [];
  const verdicts: Verdict[] = [];
  await tryMutants({
    mutants,
    textOf: () => 'xy',
    reach: () => ({ tests: tests.slice(0, 2), isWide: false }),
    processes: [
      {
        attempt: async (order) => {
          asked.push(order);
          return left.shift();
        },
      },
    ],
    deadline: Number.POSITIVE_INFINITY,
    patienceMs: 1000,
    onVerdict: (_, verdict) => verdicts.push(verdict),
    ...more,
  });
  return { verdicts, asked };
}

test('each mutant is put into its file, and tried by the tests that can notice it', async () => {
  const { verdicts, asked } = await verdictsOf([caught('b'), caught()]);
  expect(verdicts).toEqual([{ outcome: 'caught', by: [tests[1]], isComplete: true }, { outcome: 'survived' }]);
  expect(asked).toEqual([
    { text: { path: 'src/a.ts', text: '-y' }, tests: { 'a.test.ts': ['a'], 'b.test.ts': ['b'] }, stopAtFirst: false },
    { text: { path: 'src/a.ts', text: 'x-' }, tests: { 'a.test.ts': ['a'], 'b.test.ts': ['b'] }, stopAtFirst: false },
  ]);
});

test('a suite that hangs, or cannot be loaded, has noticed it', async () => {
  const { verdicts } = await verdictsOf([undefined, { type: 'try', failed: [], broken: 'no such file' }]);
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['caught', 'caught']);
});

test('what no test reaches is not tried', async () => {
  const { verdicts, asked } = await verdictsOf([], { reach: () => ({ tests: [], isWide: false }) });
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['not reached', 'not reached']);
  expect(asked).toEqual([]);
});

test('of many tests, those of the files that noticed most are asked first', async () => {
  const { verdicts, asked } = await verdictsOf([caught(), caught('f'), caught('f')], {
    reach: () => ({ tests, isWide: true }),
  });
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['caught', 'caught']);
  expect(asked.map(({ tests: some }) => Object.keys(some).map((file) => file[0]))).toEqual([
    ['a', 'b', 'c', 'd'],
    ['e', 'f'],
    ['a', 'b', 'c', 'f'],
  ]);
  expect(asked.every(({ stopAtFirst }) => stopAtFirst)).toBe(true);
});

test('none is begun when the time is over', async () => {
  const { verdicts } = await verdictsOf([], { deadline: 0 });
  expect(verdicts).toEqual([]);
});
