import { expect, test } from 'vitest';
import { withCachedFactors } from './cached-factors.ts';

function create() {
  const kept = new Map<string, string>();
  const asked: string[] = [];
  const cache = {
    ttlS: 60,
    get: async (key: string) => kept.get(key),
    set: (key: string, text: string) => void kept.set(key, text),
    remove: async (key: string) => void kept.delete(key),
  };
  const client = {
    factor: async (key: string, requestId: string) => {
      asked.push(`factor ${key} ${requestId}`);
      return key === 'EUR' ? '1.1' : undefined;
    },
    quote: async (key: string) => {
      asked.push(`quote ${key}`);
      return key;
    },
  };
  return { asked, kept, client: withCachedFactors('rates', client, cache) };
}

test('a factor is asked for once, whoever asks', async () => {
  const { client, asked } = create();
  expect([await client.factor('EUR', 'one'), await client.factor('EUR', 'two')]).toEqual(['1.1', '1.1']);
  expect(asked).toEqual(['factor EUR one']);
});

test('an unknown key is asked for each time, and so is a quote', async () => {
  const { client, asked, kept } = create();
  for (const id of ['one', 'two']) {
    expect(await client.factor('XYZ', id)).toBeUndefined();
    expect(await client.quote('EUR')).toBe('EUR');
  }
  expect(asked).toEqual(['factor XYZ one', 'quote EUR', 'factor XYZ two', 'quote EUR']);
  expect(kept.size).toBe(0);
});

test('a number in the cache is not a factor', async () => {
  const { client, kept } = create();
  await client.factor('EUR', 'one');
  const [key = ''] = kept.keys();
  kept.set(key, '1.2');
  expect(await client.factor('EUR', 'two')).toBe('1.1');
});
