import { expect, test } from 'vitest';
import { changedTables, type TableState } from './table-states.ts';

const table: TableState = { type: 'BASE TABLE', rows: 2, checksum: '17', next: '3' };
const state = (changes: Partial<TableState>) => ({
  schema: '',
  tables: new Map([
    ['notes', table],
    ['products', { ...table, ...changes }],
  ]),
});

test.each([
  [{}, []],
  [{ rows: 3 }, ['products']],
  [{ checksum: '18' }, ['products']],
  [{ next: '4' }, ['products']],
])('a table is changed when its rows, their checksum or its next number are: %o', (changes, expected) => {
  expect(changedTables(state({}), state(changes))).toEqual(expected);
});

test('a table that is gone is changed', () => {
  expect(changedTables(state({}), { schema: '', tables: new Map() })).toEqual(['notes', 'products']);
});
