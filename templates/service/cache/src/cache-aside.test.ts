import { expect, test } from 'vitest';
import { z } from 'zod';
import { cacheAside } from './cache-aside.ts';

/** A cache and a source that hold what they are given. */
function create(source: Record<string, string | Promise<string>>) {
  const kept = new Map<string, string>();
  const asked: string[] = [];
  const cache = {
    ttlS: 60,
    get: async (key: string) => kept.get(key),
    set: (key: string, text: string) => void kept.set(key, text),
    remove: async (key: string) => void kept.delete(key),
  };
  const load = async (key: string) => {
    asked.push(key);
    const value = await source[key];
    if (value === 'error') {
      throw new Error('the source failed');
    }
    return value;
  };
  const schema = z.string().max(10);
  return {
    cache,
    source,
    kept,
    asked,
    ...cacheAside({ cache, name: 'test:texts', keyOf: (key: string) => key, schema, load }),
  };
}

test('what was read once is answered by the cache', async () => {
  const { read, source, kept } = create({ a: 'one' });
  expect(await read('a')).toBe('one');
  source.a = 'two';
  expect(await read('a')).toBe('one');
  expect([...kept]).toEqual([['test:texts~a', '"one"']]);
});

test('a hundred at once ask the source once', async () => {
  const { read, asked } = create({ a: 'one' });
  const answers = await Promise.all(Array.from({ length: 100 }, () => read('a')));
  expect(new Set(answers)).toEqual(new Set(['one']));
  expect(asked).toEqual(['a']);
});

test('what the source does not know is asked for again', async () => {
  const { read, source } = create({});
  expect(await read('a')).toBeUndefined();
  source.a = 'one';
  expect(await read('a')).toBe('one');
});

test('an error is told to all that wait for it, and is not kept', async () => {
  const { read, source } = create({ a: 'error' });
  const answers = await Promise.allSettled([read('a'), read('a')]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  source.a = 'one';
  expect(await read('a')).toBe('one');
});

test('an error leaves alone what is kept: the cache may only have been too slow', async () => {
  const { read, kept, cache } = create({ a: 'error' });
  kept.set('test:texts~a', '"one"');
  const { get } = cache;
  cache.get = async () => undefined;
  await expect(read('a')).rejects.toThrow('the source failed');
  cache.get = get;
  expect(await read('a')).toBe('one');
});

test.each(['', 'null', '42', '{"value":"one"}', '"far too long"', '{"a'])(
  '%s in the cache is not an answer',
  async (text) => {
    const { read, kept } = create({ a: 'one' });
    kept.set('test:texts~a', text);
    expect(await read('a')).toBe('one');
    expect(kept.get('test:texts~a')).toBe('"one"');
  },
);

test('what was forgotten is read anew', async () => {
  const { read, forget, source } = create({ a: 'one' });
  await read('a');
  source.a = 'two';
  await forget('a');
  expect(await read('a')).toBe('two');
});

test('what is read during a change is not kept', async () => {
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const source = {
    get a() {
      asked.resolve();
      return answer.promise;
    },
  };
  const { read, forget, kept } = create(source);
  const reading = read('a');
  await asked.promise;
  await forget('a');
  answer.resolve('one');
  expect(await reading).toBe('one');
  expect(kept.size).toBe(0);
});
