import { expect, test } from 'vitest';
import type { SerialOutcome } from './anomaly.ts';
import { classify } from './classify.ts';
import type { Entry } from './entry.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

const names = ['first', 'second'];
const conflict = { status: 409 };

function outcome(rows: unknown[], results: unknown[] = ['ok', 'ok'], ran = [0, 1]): Outcome {
  const settled = results.map((value) =>
    value instanceof Error ? { status: 'rejected' as const, reason: value } : { status: 'fulfilled' as const, value },
  );
  return outcomeOf(rows, settled, ran);
}

const step = (piece: number, sql: string, code?: string, digest = ''): Entry => ({
  piece,
  step: {
    sql,
    parameters: [],
    pid: piece,
    answer: 'x',
    rows: 1,
    digest,
    isolation: '',
    isDone: true,
    release: () => {},
    error: code === undefined ? undefined : { code, message: 'no' },
  },
});

/** The start, each piece alone, and both orders. */
function serial(
  start: unknown[],
  first: unknown[],
  second: unknown[],
  both: unknown[],
  results?: unknown[],
): SerialOutcome[] {
  const entries: Entry[] = [];
  return [
    { order: [], outcome: outcome(start, [undefined, undefined], []), entries },
    { order: [0], outcome: outcome(first, results, [0]), entries },
    { order: [1], outcome: outcome(second, results, [1]), entries },
    { order: [0, 1], outcome: outcome(both, results), entries },
    { order: [1, 0], outcome: outcome(both, results), entries },
  ];
}

const counter = serial([{ n: 0 }], [{ n: 1 }], [{ n: 2 }], [{ n: 3 }]);
/** Each updates the same table, and reads from it. */
const updates = [step(0, 'update a set b = 1'), step(1, 'update a set b = 2')];
const reads = [step(0, 'select a', undefined, 'start'), step(1, 'select a', undefined, 'start')];
/** The same orders, in which who runs second reads what the first wrote. */
const seen = (known: readonly SerialOutcome[]): SerialOutcome[] =>
  known.map(({ order, outcome: came }) => ({
    order,
    outcome: came,
    entries: order.map((piece, index) => step(piece, 'select a', undefined, index === 0 ? 'start' : 'changed')),
  }));
const nameOf = (came: Outcome, known: SerialOutcome[], entries: Entry[] = []) =>
  classify(names, came, known, entries)?.name;

test('what some serial order comes to is right', () => {
  expect(nameOf(outcome([{ n: 3 }]), counter)).toBeUndefined();
});

test('as if one that succeeded had never run: lost update', () => {
  const read = step(1, 'select 1');
  const write = step(0, 'update a set b = 1');
  expect(classify(names, outcome([{ n: 1 }]), counter, [step(1, 'update a set b = 2'), write, read])).toEqual({
    name: 'lost update',
    what: 'all succeeded, and the state is as if second had never run',
    entry: write,
  });
});

test('the same row changed by both, and a trace of each: lost update', () => {
  const known = serial([{ n: 0 }], [{ n: 1 }, 'from 0'], [{ n: 2 }, 'from 0'], [{ n: 2 }, 'from 0', 'from 1']);
  expect(nameOf(outcome([{ n: 2 }, 'from 0', 'from 0']), known, [...reads, ...updates])).toBe('lost update');
  expect(nameOf(outcome([{ n: 2 }, 'from 0', 'from 0']), known, updates), 'blind').toBe('not serializable');
});

test('different rows: write skew', () => {
  const known = serial(['a on', 'b on'], ['a off', 'b on'], ['a on', 'b off'], ['a off', 'b on']);
  expect(nameOf(outcome(['a off', 'b off']), seen(known), [...reads, ...updates])).toBe('write skew');
  expect(nameOf(outcome(['a off', 'b off']), known, updates), 'what they read is not known').toBe('not serializable');
});

test('a refusal that left nothing is right, and one that left something is not', () => {
  expect(nameOf(outcome([{ n: 1 }], ['ok', conflict]), counter)).toBeUndefined();
  expect(nameOf(outcome([{ n: 3 }], ['ok', { status: 500 }]), counter)).toBe('unexpected failure');
  expect(nameOf(outcome([{ n: 2 }], ['ok', conflict]), counter, [...reads, ...updates])).toBe('lost update');
});

test('an error that no serial order has: unexpected failure', () => {
  expect(nameOf(outcome([{ n: 1 }], ['ok', new Error('duplicate')]), counter)).toBe('unexpected failure');
});

test('40001 and 40P01 without another attempt, whatever the caller sees', () => {
  const failed = outcome([{ n: 1 }], ['ok', { status: 503 }]);
  const begin = [step(1, 'update a', '40001'), step(1, 'rollback')];
  expect(nameOf(failed, counter, begin)).toBe('serialization failure');
  expect(nameOf(failed, counter, [step(1, 'update a', '40P01')])).toBe('deadlock');
  expect(nameOf(failed, counter, [...begin, ...begin])).toBeUndefined();
});

test('a refusal that the caller declared is right, also where the server caused it', () => {
  const refused = outcomeOf(
    [{ n: 1 }],
    [
      { status: 'fulfilled', value: 'ok' },
      { status: 'fulfilled', value: { status: 503 } },
    ],
    [0, 1],
    (answer) => (answer as { status?: number }).status === 503,
  );
  expect(nameOf(refused, counter, [step(1, 'update a', '40001'), step(1, 'rollback')])).toBeUndefined();
});

test('a right state and a wrong answer that the statements do not explain is not guessed at', () => {
  const known = serial([1], [1], [2], [2], ['1', 'ok']);
  expect(nameOf(outcome([2], ['1 and 2', 'ok']), known)).toBe('shared state');
  const odd = seen(known).map((each) => ({ ...each, entries: each.entries.map((entry) => ({ ...entry })) }));
  const neither = [step(0, 'select a', undefined, 'what no order has'), ...updates];
  expect(nameOf(outcome([2], ['1 and 2', 'ok']), odd, neither)).toBe('not serializable');
});

test('a value that came from beside the database, while the other rolled back', () => {
  const known = serial([1], [1], [1], [1], ['ok', '1']);
  const anomaly = classify(names, outcome([1], ['ok', '0']), known, [step(0, 'rollback'), step(1, 'select 1')]);
  expect(anomaly).toMatchObject({ name: 'shared state', what: expect.stringContaining('first rolled back') });
});

test('identifiers and times of the run itself are compared by where they are', () => {
  const make = () =>
    outcome([{ id: crypto.randomUUID(), at: new Date() }], [crypto.randomUUID(), { at: '2020-01-01 10:00:00' }]);
  expect(make()).toEqual(make());
  expect(make().results[1]?.text).toBe('{"at":"2020-01-01 10:00:00"}');
});
