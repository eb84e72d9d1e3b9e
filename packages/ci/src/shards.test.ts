import { expect, test } from 'vitest';
import { parseShard, shardsOf } from './shards.ts';

const file = (path: string, seconds: number) => ({ path, seconds });

test('a small change takes one machine, and names the suites only', () => {
  const suites = [
    { project: 'orders', files: [file('a', 20), file('b', 30)] },
    { project: 'stock', files: [file('c', 10)] },
  ];
  expect(shardsOf(suites, 4)).toEqual([
    {
      name: '1-of-1',
      seconds: 60,
      suites: [
        { project: 'orders', exclude: [] },
        { project: 'stock', exclude: [] },
      ],
    },
  ]);
  expect(shardsOf([], 4)).toEqual([]);
});

test('a large package goes over several machines, each leaving out what the others run', () => {
  const shards = shardsOf(
    [{ project: 'large', files: [file('a', 100), file('b', 99), file('c', 98), file('d', 97)] }],
    2,
  );
  expect(shards.map(({ name, suites }) => [name, ...suites])).toEqual([
    ['1-of-2', { project: 'large', exclude: ['b', 'd'] }],
    ['2-of-2', { project: 'large', exclude: ['a', 'c'] }],
  ]);
});

test('a suite without a test file runs too, as it may fail to', () => {
  expect(shardsOf([{ project: 'empty', files: [] }], 4)).toMatchObject([
    { suites: [{ project: 'empty', exclude: [] }] },
  ]);
});

test.each(['', '{}', '{"suites":[{}]}'])('CI_SHARD=%s is refused', (text) => {
  expect(() => parseShard(text)).toThrow(/CI_SHARD is not a shard: .*the script ci:plan prints with --shards/);
});

test('what is printed is read back', () => {
  const [shard] = shardsOf([{ project: 'orders', files: [file('a', 20)] }], 4);
  expect(parseShard(JSON.stringify(shard))).toEqual(shard);
});
