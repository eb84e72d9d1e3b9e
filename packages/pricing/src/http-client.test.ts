import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HttpClient } from './http-client.ts';

const schema = z.object({ factor: z.string() });
const good = () => Response.json({ factor: '1.5' });

/** A client whose upstream gives these answers, one an attempt, and that notes what was asked and how long it waited. */
function clientOf(answers: (() => Response)[], baseUrl = 'http://rates.example/v2/') {
  const asked: { url: string; headers: unknown }[] = [];
  const waits: number[] = [];
  const client = new HttpClient({
    name: 'rates',
    baseUrl,
    timeoutMs: 1000,
    fetch: async (url, options) => {
      const headers = Object.fromEntries(new Headers(options?.headers));
      const answer = answers[asked.push({ url: String(url), headers }) - 1];
      if (!answer) {
        throw new Error('asked too often');
      }
      return answer();
    },
    pause: async (milliseconds) => waits.push(milliseconds),
  });
  return { client, asked, waits };
}

const broken = (): never => {
  throw new TypeError('fetch failed');
};

test('a document is asked for below the base URL, and the request id goes along', async () => {
  const { client, asked } = clientOf([good]);
  expect(await client.getJson(['factors', 'EUR'], schema, 'request-1')).toEqual({ factor: '1.5' });
  const headers = { accept: 'application/json', 'x-request-id': 'request-1' };
  expect(asked).toEqual([{ url: 'http://rates.example/v2/factors/EUR', headers }]);
});

test('what the upstream does not know is undefined, and is asked once', async () => {
  const { client, asked } = clientOf([() => new Response('', { status: 404 })]);
  expect(await client.getJson(['factors', 'EUR'], schema, 'request-1')).toBeUndefined();
  expect(asked).toHaveLength(1);
});

describe('a failure that may pass', () => {
  test.each([
    ['a broken connection', broken],
    ['an internal error', () => new Response('', { status: 500 })],
    ['too many requests', () => new Response('', { status: 429, headers: { 'retry-after': '1' } })],
  ])('%s: the next attempt may succeed', async (_, failing) => {
    const { client, asked, waits } = clientOf([failing, good]);
    expect(await client.getJson(['factors'], schema, 'request-1')).toEqual({ factor: '1.5' });
    expect([asked.length, waits.length]).toEqual([2, 1]);
  });

  test('three attempts, then the failure', async () => {
    const { client, asked } = clientOf([broken, broken, broken, good]);
    await expect(client.getJson(['factors'], schema, 'request-1')).rejects.toMatchObject({ failure: 'unreachable' });
    expect(asked).toHaveLength(3);
  });

  test('no second attempt when the upstream asks for a longer wait than we allow', async () => {
    const busy = () => new Response('', { status: 503, headers: { 'retry-after': '60' } });
    const { client, asked } = clientOf([busy, good]);
    const failure = { failure: 'busy', retryAfterMs: 60_000 };
    await expect(client.getJson(['factors'], schema, 'request-1')).rejects.toMatchObject(failure);
    expect(asked).toHaveLength(1);
  });
});

test.each([
  ['a refusal', 'refused', () => new Response('', { status: 403 })],
  ['a redirect', 'refused', () => new Response('', { status: 302, headers: { location: 'http://other.example' } })],
  ['a page of HTML', 'invalid', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['half a document', 'invalid', () => new Response('{"fac', { headers: { 'content-type': 'application/json' } })],
  ['another document', 'invalid', () => Response.json({ factor: 1.5 })],
  ['a body past the bound', 'invalid', () => Response.json({ factor: '1'.repeat(2 ** 20) })],
])('%s would be the same again, and is not asked for again', async (_, failure, answer) => {
  const { client, asked } = clientOf([answer, good]);
  await expect(client.getJson(['factors'], schema, 'request-1')).rejects.toMatchObject({ failure });
  expect(asked).toHaveLength(1);
});
