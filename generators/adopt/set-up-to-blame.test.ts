import { expect, test } from 'vitest';
import { setUpToBlame } from './set-up-to-blame.ts';

const source = (path: string, text: string) => ({ path, text, references: [], problem: undefined });
const failure = (left: string) =>
  `StateLeftBehind: src/a.test.ts left behind what the next file in its worker would see:\n  - ${left}\nIt is set back now.`;

test.each([
  ['globalThis.clock was added', 'beforeAll(() => { globalThis.clock = 1; });'],
  ['process.env.STAGE is "test" (was unset)', "process.env['STAGE'] = 'test';"],
  ['fake timers (vi.useFakeTimers)', 'vi.useFakeTimers();'],
  ["a listener of process.on('exit')", 'process.on("exit", () => {});'],
  ['an interval, started at packages/x/test/setup.ts:3:1', 'start();'],
])('%s, which a set-up file does', (left, text) => {
  const setups = [source('test/other.ts', 'expect.extend({});'), source('test/setup.ts', text)];
  const own = source('test/a.test.ts', "test('a', () => {});");
  expect(setUpToBlame([failure(left)], own, setups)).toBe('test/setup.ts');
});

test('what the test file does itself, and other failures, are not those of a set-up file', () => {
  const setups = [source('test/setup.ts', 'globalThis.clock = 1;')];
  const own = source('test/a.test.ts', 'globalThis.clock = 2;');
  expect(setUpToBlame([failure('globalThis.clock was added')], own, setups)).toBeUndefined();
  expect(setUpToBlame([failure('globalThis.clocks was added')], source('a', ''), setups)).toBeUndefined();
  expect(setUpToBlame(['AssertionError: clock was added'], source('a', ''), setups)).toBeUndefined();
});
