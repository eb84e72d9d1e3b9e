import { expect, test } from 'vitest';
import { identifier } from './connection.ts';

test('a name in a statement cannot end its quotes', () => {
  expect(identifier('notes')).toBe('`notes`');
  expect(identifier('tk_1', 'odd `table')).toBe('`tk_1`.`odd ``table`');
});
