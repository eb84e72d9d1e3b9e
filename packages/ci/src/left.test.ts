import type { TestEvidence } from '@splitlevel/testkit/evidence';
import { expect, test } from 'vitest';
import { describeLeft } from './left.ts';

const failed: TestEvidence = {
  name: 'saves',
  file: 'packages/orders/integration/save.test.ts',
  state: 'failed',
  durationMs: 10,
  fixtures: {
    database: {
      kind: 'postgres',
      statements: [],
      left: [{ name: 'public.orders', lines: ['{"id":1}', '{"id":2}'], isCut: true }],
      requests: [],
    },
    cache: {
      kind: 'redis',
      statements: [],
      left: [{ name: 'keys', lines: ['a (string) b'], isCut: false }],
      requests: [],
    },
  },
};

test('what a failed test left is written by fixture, and says where it is cut', () => {
  expect(describeLeft(failed)).toEqual([
    `saves
packages/orders/integration/save.test.ts

database (postgres), public.orders:
{"id":1}
{"id":2}
… and more

cache (redis), keys:
a (string) b
`,
  ]);
});

test('a test that passed, or left nothing, has no text', () => {
  expect(describeLeft({ ...failed, state: 'passed' })).toEqual([]);
  expect(describeLeft({ ...failed, fixtures: {} })).toEqual([]);
});
