import { describe, expect, test } from 'vitest';
import { transactionControl } from './rollback-client.ts';

describe('statements that begin or end a transaction', () => {
  test.for([
    ['begin', 'BEGIN'],
    ['  BEGIN;', 'BEGIN'],
    ['start transaction isolation level serializable', 'START TRANSACTION'],
    ['-- a comment\n/* and\nanother */ COMMIT', 'COMMIT'],
    [';commit', 'COMMIT'],
    ['END', 'END'],
    ['abort', 'ABORT'],
    ['rollback', 'ROLLBACK'],
    ['ROLLBACK WORK', 'ROLLBACK'],
    ['COMMIT PREPARED $$a$$', 'COMMIT'],
    ["PREPARE TRANSACTION 'a'", 'PREPARE TRANSACTION'],
  ])('%j', ([sql = '', expected]) => {
    expect(transactionControl(sql)).toBe(expected);
  });
});

describe('others', () => {
  test.for([
    'SELECT 1',
    'savepoint a',
    'ROLLBACK TO SAVEPOINT a',
    'rollback work to a',
    'ROLLBACK TRANSACTION TO SAVEPOINT a',
    'release savepoint a',
    'PREPARE a AS SELECT 1',
    'beginning',
    '/* commit */ SELECT 1',
    '-- commit',
    '',
  ])('%j', (sql) => {
    expect(transactionControl(sql)).toBeUndefined();
  });
});
