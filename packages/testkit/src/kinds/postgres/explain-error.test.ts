import { describe, expect, test } from 'vitest';
import { telling } from '../shared/tell-error.ts';
import { explainError } from './explain-error.ts';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('explain', () => {
  test.for([
    ['53100', /disk .* is full/],
    ['53300', /no connection left/],
    ['3D000', /The database is gone/],
    ['28P01', /refused the password/],
    ['25P02', /An earlier statement of the transaction failed/],
    ['TK001', /isolation 'rollback', where a test is one transaction/],
  ] as const)('knows %s', async ([code, text]) => {
    expect(await explainError(withCode(code))).toMatch(text);
  });

  test('looks at causes, and at the errors of many attempts', async () => {
    expect(await explainError(new Error('outer', { cause: withCode('53300') }))).toMatch(/no connection left/);
    expect(await explainError(new AggregateError([withCode('28P01')]))).toMatch(/refused the password/);
  });

  test('says nothing of errors that are the own code’s', async () => {
    for (const error of [withCode('23505'), new Error('x'), 'x', null, undefined]) {
      expect(await explainError(error)).toBeUndefined();
    }
  });

  test('says nothing of a server that could not be reached at first: it is not known to be well', async () => {
    const refused = withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1');
    expect(await explainError(new Error('the URL names a server that gave no answer', { cause: refused }))).toBe(
      undefined,
    );
  });

  test('ends with causes that go round', async () => {
    const error = new Error('round');
    error.cause = error;
    expect(await explainError(error)).toBeUndefined();
  });
});

test('explained says what was being done, what the server said, and what to do, and keeps the cause', async () => {
  const cause = withCode('53100', 'No space left on device');
  const work = telling('Making a database failed', explainError, () => Promise.reject(cause));
  const error = await work.catch((thrown: Error) => thrown);
  expect(error.message).toMatch(
    /^Making a database failed: No space left on device\nThe disk of the PostgreSQL server/,
  );
  expect(error.cause).toBe(cause);
});
