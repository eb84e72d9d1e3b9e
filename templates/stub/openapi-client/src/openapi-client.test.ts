import { describe, expect, test } from 'vitest';
import { createOpenApiClient } from './openapi-client.ts';
import { UpstreamError } from './upstream-error.ts';

interface Operations {
  read: { input: { path: { id: string } }; answer: { status: number; body: unknown } };
  write: { input: { body: { n: number } }; answer: { status: number; body: unknown } };
}

const id = { name: 'id', in: 'path', style: 'simple', explode: false, json: false };
const closed = { type: 'object', additionalProperties: false };
const description = {
  operations: {
    read: {
      method: 'GET',
      path: '/things/{id}',
      parameters: [id],
      input: 'Read',
      answers: { 200: { 'application/json': 'Thing' }, '4XX': { 'text/*': null }, 304: {} },
    },
    write: {
      method: 'POST',
      path: '/things',
      parameters: [],
      body: 'application/json',
      input: 'Write',
      answers: { default: { 'application/json': 'Thing', 'image/png': null } },
    },
  },
  $defs: {
    Thing: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
    Read: {
      ...closed,
      required: ['path'],
      properties: { path: { ...closed, required: ['id'], properties: { id: { type: 'string' } } } },
    },
    Write: { ...closed, required: ['body'], properties: { body: { $ref: '#/$defs/Thing' } } },
  },
};
const json = { 'content-type': 'application/json; charset=utf-8' };

/** A client whose requests get these answers, one after the other, and what it asked. */
function clientOf(...answers: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  const client = createOpenApiClient<Operations>(
    {
      name: 'things',
      baseUrl: 'http://things.example/v1/',
      timeoutMs: 1000,
      fetch: async (url, init = {}) => {
        asked.push({ url: String(url), init });
        const answer = answers.shift();
        if (answer instanceof Response) {
          return answer;
        }
        throw answer ?? new Error('asked once too often');
      },
      pause: async () => undefined,
    },
    description,
  );
  return { client, asked };
}

const readOne = { path: { id: 'a/b' } };

describe('what is asked', () => {
  test('has the address, the headers and the body of the operation', async () => {
    const { client, asked } = clientOf(new Response('{"n":1}', { headers: json }));
    await client.write({ body: { n: 1 } }, 'request-1');
    expect(asked).toMatchObject([
      {
        url: 'http://things.example/v1/things',
        init: {
          method: 'POST',
          body: '{"n":1}',
          redirect: 'manual',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json, image/png',
            'x-request-id': 'request-1',
          },
        },
      },
    ]);
  });

  test('is not sent when it is not as the document wants it', async () => {
    const { client, asked } = clientOf();
    await expect(client.write({ body: { n: 1.5 } }, 'request-1')).rejects.toThrow(
      'things cannot be called with this: write/body/n must be integer',
    );
    expect(asked).toEqual([]);
  });
});

describe('an answer that the document has is given with its status', () => {
  test.each([
    [new Response('{"n":1}', { headers: json }), { status: 200, body: { n: 1 } }],
    [new Response('gone', { status: 410, headers: { 'content-type': 'text/plain' } }), { status: 410, body: 'gone' }],
    [new Response(null, { status: 304 }), { status: 304, body: undefined }],
  ])('%#', async (answer, expected) => {
    expect(await clientOf(answer).client.read(readOne, 'request-1')).toEqual(expected);
  });

  test('bytes stay bytes', async () => {
    const { client } = clientOf(new Response(new Uint8Array([1, 2]), { headers: { 'content-type': 'image/png' } }));
    const { body } = await client.write({ body: { n: 1 } }, 'request-1');
    expect([...(body as Uint8Array)]).toEqual([1, 2]);
  });
});

describe('an answer that it does not have is an error', () => {
  test.each([
    [new Response('{"n":"1"}', { headers: json }), 'invalid', 'things answered with JSON that does not fit'],
    [new Response('{', { headers: json }), 'invalid', 'things answered with something that is not JSON'],
    [new Response('x', { headers: { 'content-type': 'text/html' } }), 'invalid', 'things answered 200 with text/html'],
    [new Response('', { status: 302 }), 'refused', 'things answered 302'],
  ])('%#', async (answer, failure, message) => {
    await expect(clientOf(answer).client.read(readOne, 'request-1')).rejects.toMatchObject({ failure, message });
  });
});

describe('what may pass', () => {
  test('is asked again where that changes nothing', async () => {
    const { client, asked } = clientOf(new Error('reset'), new Response('{"n":1}', { headers: json }));
    expect(await client.read(readOne, 'request-1')).toMatchObject({ status: 200 });
    expect(asked.map(({ url }) => url)).toEqual(new Array(2).fill('http://things.example/v1/things/a%2Fb'));
  });

  test('is not asked again where it may', async () => {
    const { client, asked } = clientOf(new Error('reset'));
    await expect(client.write({ body: { n: 1 } }, 'request-1')).rejects.toBeInstanceOf(UpstreamError);
    expect(asked).toHaveLength(1);
  });
});
