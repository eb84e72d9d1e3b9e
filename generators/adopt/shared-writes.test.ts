import type { Observation } from '@splitlevel/guards/observation';
import { expect, test } from 'vitest';
import { sharedWrites } from './shared-writes.ts';

const write = (file: string, tried: string, activity: Observation['activity'] = 'file'): Observation => ({
  file,
  test: 'a',
  activity,
  tried,
  frame: undefined,
});
const shared = (...observations: Observation[]) => [...sharedWrites('packages/x', observations)];

test('two files that write one path, however they name it', () => {
  expect(
    shared(
      write('test/b.test.ts', 'write to packages/x/test/out/a.txt'),
      write('test/a.test.ts', 'remove ./test/out/a.txt'),
      write('test/a.test.ts', 'make the folder test/out'),
    ),
  ).toEqual([['test/b.test.ts', { path: 'test/out/a.txt', other: 'test/a.test.ts' }]]);
});

test('temporary folders, own paths and other deeds are not shared', () => {
  expect(
    shared(
      write('a.test.ts', 'write to /tmp/x'),
      write('b.test.ts', 'write to /tmp/x'),
      write('a.test.ts', 'write to out/a'),
      write('b.test.ts', 'write to out/b'),
      write('a.test.ts', 'connect to 127.0.0.1:1', 'network'),
      write('b.test.ts', 'connect to 127.0.0.1:1', 'network'),
    ),
  ).toEqual([]);
});
