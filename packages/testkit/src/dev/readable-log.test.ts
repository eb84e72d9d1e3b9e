import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createReadableLog } from './readable-log.ts';

const time = Date.UTC(2026, 0, 31, 12);
const entry = (fields: object) => JSON.stringify({ level: 30, time, pid: 1, hostname: 'h', ...fields });
const incoming = entry({ reqId: 'r1', req: { method: 'GET', url: '/rates/EUR' }, msg: 'incoming request' });

test('a request is one line, with its answer and how long it took', () => {
  const print = createReadableLog({ colours: false });
  expect(print(incoming)).toBeUndefined();
  const completed = entry({ reqId: 'r1', res: { statusCode: 404 }, responseTime: 12.4, msg: 'request completed' });
  expect(print(completed)).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: GET \/rates\/EUR 404 in 12 ms\n$/);
});

test('what is logged about a request names it, and an error has its stack', () => {
  const print = createReadableLog({ colours: false });
  print(incoming);
  const err = { type: 'Error', message: 'no rate', stack: 'Error: no rate\n    at quote (quote.ts:1:1)' };
  expect(print(entry({ level: 50, reqId: 'r1', err, msg: 'the request failed' }))).toMatch(
    /ERROR: GET \/rates\/EUR: the request failed\n +err: \{[\s\S]*at quote \(quote\.ts:1:1\)/,
  );
});

test.each([
  [
    {
      type: 'InvalidInputError',
      message: 'the input is not valid',
      problems: [{ path: 'body.price', message: 'Required' }],
    },
    'InvalidInputError: the input is not valid (body.price Required)',
  ],
  [{ type: 'NotFoundError', message: 'product 7\n  does not exist' }, 'NotFoundError: product 7 does not exist'],
])('what a caller did wrong is one line, without a stack: %j', (err, told) => {
  const print = createReadableLog({ colours: false });
  print(incoming);
  const stack = `${err.message}\n    at validate (validation.ts:1:1)`;
  expect(print(entry({ reqId: 'r1', err: { ...err, stack }, msg: 'the request failed' }))?.split('] ')[1]).toBe(
    `INFO: GET /rates/EUR: the request failed: ${told}\n`,
  );
});

test.each(['plain words', '{ not JSON', '{"answer":42}', ''])('%j, which is not an entry, stays as it is', (line) => {
  expect(createReadableLog({ colours: true })(line)).toBe(`${line}\n`);
});

test('there are escape codes only where colours are wanted', () => {
  const line = entry({ level: 40, msg: 'slow' });
  const plain = createReadableLog({ colours: false })(line) ?? '';
  const coloured = createReadableLog({ colours: true })(line) ?? '';
  expect(stripVTControlCharacters(plain)).toBe(plain);
  expect(stripVTControlCharacters(coloured)).toBe(plain);
  expect(coloured).not.toBe(plain);
});
