import type { Observation } from '@splitlevel/guards/observation';
import { expect, test } from 'vitest';
import { classify } from './classify.ts';

const seen = (activity: Observation['activity'], tried: string, frame?: string): Observation => ({
  file: 'packages/x/test/a.test.ts',
  test: 'a',
  activity,
  tried,
  frame,
});
const connects = seen('network', 'connect to 127.0.0.1:5432', 'packages/x/src/db.ts:3:1');
const mocks = seen('mock', 'mock the module ./clock.ts (vi.mock)', 'packages/x/test/a.test.ts:2:1');
const kindOf = (...observations: Observation[]) => classify(observations);

test('a test that does nothing but compute is a unit test', () => {
  expect(kindOf()).toEqual({ kind: 'unit', obstacle: undefined });
});

test('one that does I/O is an integration test', () => {
  expect(kindOf(connects)).toMatchObject({ kind: 'integration', obstacle: undefined });
});

test('one that mocks modules is a unit test that has to change', () => {
  expect(kindOf(mocks)).toMatchObject({
    kind: 'unit',
    obstacle:
      'it does no I/O, but it tries to mock the module ./clock.ts (vi.mock) at packages/x/test/a.test.ts, which the unit suite refuses: pass a double in instead',
  });
});

test('one that does both answers neither question', () => {
  expect(kindOf(mocks, seen('file', 'write to /tmp/x'))).toMatchObject({
    kind: 'hybrid',
    obstacle:
      'it tries to write to /tmp/x and to mock the module ./clock.ts (vi.mock) at packages/x/test/a.test.ts: split it in two, a unit test to which doubles are passed in, and an integration test without mocks',
  });
});
