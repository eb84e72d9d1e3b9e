import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressIn, silent } from './progress.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Collects the lines. */
function listen() {
  const lines: string[] = [];
  return { lines, progress: progressIn((line) => lines.push(line)) };
}

test('a step is named at once', () => {
  const { lines, progress } = listen();
  progress.step('Formatting');
  expect(lines).toEqual(['Formatting…']);
});

test('work is named after a second, and then how long it has taken', async () => {
  const { lines, progress } = listen();
  const work = progress.during('Installing', () => new Promise((resolve) => setTimeout(resolve, 32_000, 'done')));
  await vi.advanceTimersByTimeAsync(999);
  expect(lines).toEqual([]);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(await work).toBe('done');
  expect(lines).toEqual(['Installing…', 'Installing… 16 s', 'Installing… 31 s']);
});

test('quick work is not named, nor is work that failed named again', async () => {
  const { lines, progress } = listen();
  await progress.during('Quick', () => Promise.resolve());
  await expect(progress.during('Failed', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines).toEqual([]);
});

test('lines show what a terminal would obey', () => {
  const { lines, progress } = listen();
  progress.step('Reading \u001b[31m\u202Ename');
  expect(lines).toEqual(['Reading \\u001b[31m\\u202ename…']);
});

test('silence does the work', async () => {
  silent.step('x');
  expect(await silent.during('x', () => Promise.resolve(1))).toBe(1);
});
