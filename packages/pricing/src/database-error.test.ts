import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { isUnavailable, violates, wasUndone } from './database-error.ts';

const databaseError = (code: string, constraint?: string) =>
  Object.assign(new DatabaseError('failed', 0, 'error'), { code, constraint });

test('a violation is told by the name of its constraint', () => {
  expect(violates(databaseError('23505', 'name_unique'), 'name_unique')).toBe(true);
  expect(violates(databaseError('23505', 'other_unique'), 'name_unique')).toBe(false);
  expect(violates(new Error('failed'), 'name_unique')).toBe(false);
});

test.each([
  ['40001', { undone: true, unavailable: false }],
  ['40P01', { undone: true, unavailable: false }],
  ['57P01', { undone: false, unavailable: true }],
  ['57014', { undone: false, unavailable: true }],
  ['53300', { undone: false, unavailable: true }],
  ['55P03', { undone: false, unavailable: true }],
  ['42P01', { undone: false, unavailable: false }],
])('%s: %o', (code, { undone, unavailable }) => {
  expect(wasUndone(databaseError(code))).toBe(undone);
  expect(isUnavailable(databaseError(code))).toBe(unavailable);
});

test('a connection that broke has no code, and is known by its message', () => {
  expect(isUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isUnavailable(new Error('Client has encountered a connection error and is not queryable'))).toBe(true);
  expect(isUnavailable(new Error('something else'))).toBe(false);
});
