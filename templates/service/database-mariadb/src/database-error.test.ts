import { expect, test } from 'vitest';
import { isUnavailable, violates, wasUndone } from './database-error.ts';

const databaseError = (errno: number, message = 'failed') => Object.assign(new Error(message), { errno });

test('a violation is told by the name of its key, whatever the value is', () => {
  const taken = databaseError(1062, "Duplicate entry 'for key 'other_unique'' for key 'name_unique'");
  expect(violates(taken, 'name_unique')).toBe(true);
  expect(violates(taken, 'other_unique')).toBe(false);
  expect(violates(new Error("for key 'name_unique'"), 'name_unique')).toBe(false);
});

test.each([
  [1213, { undone: true, unavailable: false }],
  [1020, { undone: true, unavailable: false }],
  [1205, { undone: false, unavailable: true }],
  [1969, { undone: false, unavailable: true }],
  [1040, { undone: false, unavailable: true }],
  [1927, { undone: false, unavailable: true }],
  [1146, { undone: false, unavailable: false }],
])('%s: %o', (errno, { undone, unavailable }) => {
  expect(wasUndone(databaseError(errno))).toBe(undone);
  expect(isUnavailable(databaseError(errno))).toBe(unavailable);
});

test.each([
  [{ code: 'PROTOCOL_CONNECTION_LOST' }, true],
  [{ code: 'PROTOCOL_SEQUENCE_TIMEOUT' }, true],
  [{ code: 'ECONNREFUSED' }, true],
  [{ fatal: true }, true],
  [{ code: 'ER_NO_SUCH_TABLE' }, false],
  [{}, false],
])('a connection that broke is known by what the driver says of it: %o', (properties, expected) => {
  expect(isUnavailable(Object.assign(new Error('failed'), properties))).toBe(expected);
});
