import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { describeIsolation, IsolationOfSession } from './isolation.ts';

const levelsOf = (...statements: string[]) => {
  const session = new IsolationOfSession('read committed');
  return statements.map((sql) => session.note(sql));
};

test.each([
  [['select 1'], 'read committed'],
  [['BEGIN', 'select 1'], 'read committed'],
  [['BEGIN ISOLATION LEVEL SERIALIZABLE', 'select 1'], 'serializable'],
  [['begin transaction read write isolation  level repeatable\nread', 'select 1'], 'repeatable read'],
  [['START TRANSACTION ISOLATION LEVEL REPEATABLE READ; select 1'], 'repeatable read'],
  [['begin', 'set transaction isolation level serializable', 'select 1'], 'serializable'],
  [['begin', "set transaction_isolation = 'serializable'", 'select 1'], 'serializable'],
  [['begin', "select set_config('transaction_isolation', 'serializable', true)"], 'serializable'],
  [["set default_transaction_isolation to 'repeatable read'", 'begin', 'select 1'], 'repeatable read'],
  [['set default_transaction_isolation = serializable', 'select 1'], 'serializable'],
  [["select set_config('default_transaction_isolation', 'serializable', false)", 'select 1'], 'serializable'],
  [['set session characteristics as transaction isolation level serializable', 'begin', 'select 1'], 'serializable'],
  [['begin isolation level serializable', 'select 1', 'commit', 'select 1'], 'read committed'],
  [['begin isolation level serializable', 'commit'], 'serializable'],
  [['begin isolation level serializable', 'savepoint a', 'rollback to a', 'select 1'], 'serializable'],
  [['set default_transaction_isolation = serializable', 'discard all', 'select 1'], 'read committed'],
])('%j runs at %s', (statements, level) => {
  expect(levelsOf(...statements).at(-1)).toBe(level);
});

test('pieces that run at different levels are told apart', () => {
  const entry = (piece: number, sql: string, isolation: string) => ({ piece, step: { sql, isolation } }) as Entry;
  const entries = [entry(0, 'select 1', 'serializable'), entry(0, 'commit', 'read committed')];
  expect(describeIsolation(['first'], entries)).toBe('isolation serializable');
  expect(describeIsolation(['first', 'second'], [...entries, entry(1, 'select 1', 'read committed')])).toBe(
    'isolation of first serializable, of second read committed',
  );
});
