import { expect, test } from 'vitest';
import { ConflictError, InvalidInputError, NotFoundError, UnavailableError } from './errors.ts';
import { problemOf } from './problem.ts';

test.each([
  [new NotFoundError('no such thing'), { status: 404, title: 'Not Found', detail: 'no such thing' }],
  [new ConflictError('the name is taken'), { status: 409, title: 'Conflict', detail: 'the name is taken' }],
  [new UnavailableError('no connection'), { status: 503, title: 'Service Unavailable', detail: 'no connection' }],
])('%s', (error, expected) => {
  expect(problemOf(error)).toEqual(expected);
});

test('a connection to the database that broke is told without its details', () => {
  expect(problemOf(new Error('Connection terminated unexpectedly'))).toEqual({
    status: 503,
    title: 'Service Unavailable',
    detail: 'the database does not answer',
  });
});

test('input that is refused is told what is wrong where', () => {
  const errors = [{ path: 'body.price', message: 'is missing' }];
  expect(problemOf(new InvalidInputError(errors))).toMatchObject({ status: 400, errors });
});

test.each([
  new Error('password authentication failed for user "admin"'),
  Object.assign(new Error('relation "secret" does not exist'), { code: '42P01', statusCode: 404 }),
  Object.assign(new Error('handler of /internal timed out'), { code: 'FST_ERR_HANDLER', statusCode: 500 }),
  'a string',
  undefined,
])('nothing is told of an error that was not written for callers: %s', (error) => {
  expect(problemOf(error)).toEqual({ status: 500, title: 'Internal Server Error' });
});

test("what Fastify refuses keeps Fastify's status and sentence", () => {
  const error = Object.assign(new Error('Request body is too large'), { code: 'FST_ERR_CTP', statusCode: 413 });
  expect(problemOf(error)).toMatchObject({ status: 413, detail: 'Request body is too large' });
});
