import { expect, test } from 'vitest';
import { nextMigration } from './next-migration.ts';

test.each([
  [[], '0001'],
  [['0001-products.ts', '0002-changes.ts'], '0003'],
  [['0002-changes.ts', '0001-products.ts', '0002-again.ts'], '0003'],
  [['0009-nine.ts'], '0010'],
  [['20260131120000-products.ts'], '20260131120001'],
])('after %j comes %s', (names, number) => {
  expect(nextMigration('migrations', names)).toBe(number);
});

test.each([
  [['0001-products.ts', 'add-notes.ts'], 'migrations/add-notes.ts would be run after the new migration 0002'],
  [['9999-last.ts'], 'migrations/9999-last.ts would be run after the new migration 10000'],
  [['0001-products.ts', '2-notes.ts'], 'migrations/2-notes.ts would be run after the new migration 0003'],
])('%j is refused, since the new one would not be the last', (names, sentence) => {
  expect(() => nextMigration('migrations', names)).toThrow(sentence);
});
