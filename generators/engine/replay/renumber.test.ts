import { expect, test } from 'vitest';
import { parseBase, printBase } from '../record/base-file.ts';
import { keepNumbers, numberLast, renumbered } from './renumber.ts';

test('a migration that is made again keeps its number', () => {
  const again = ['migrations/0003-refunds.ts', 'migrations/0004-fees.ts', 'src/refund.ts'];
  const before = ['migrations/0004-refunds.ts', 'migrations/0004-fees.ts', 'src/refund.ts'];
  expect(keepNumbers(again, before, () => true)).toEqual(
    new Map([['migrations/0003-refunds.ts', 'migrations/0004-refunds.ts']]),
  );
  expect(keepNumbers(again, before, (path) => path !== 'migrations/0004-refunds.ts')).toEqual(new Map());
});

test('one that was not made before keeps the number that it is given', () => {
  expect(keepNumbers(['migrations/0003-outbox.ts'], ['migrations/0001-orders.ts'], () => true)).toEqual(new Map());
});

test('a new migration comes after those that are there', () => {
  const present = ['migrations/0001-orders.ts', 'migrations/0003-refunds.ts'];
  expect(numberLast(['migrations/0003-outbox.ts', 'migrations/0004-fees.ts'], present)).toEqual(
    new Map([
      ['migrations/0003-outbox.ts', 'migrations/0004-outbox.ts'],
      ['migrations/0004-fees.ts', 'migrations/0005-fees.ts'],
    ]),
  );
  expect(numberLast(['migrations/0004-fees.ts'], present)).toEqual(new Map());
});

test('a migration that is there already is not added again, unless tables were dropped since', () => {
  const present = ['migrations/0001-orders.ts', 'migrations/0003-outbox.ts'];
  expect(numberLast(['migrations/0002-outbox.ts'], present)).toEqual(
    new Map([['migrations/0002-outbox.ts', 'migrations/0003-outbox.ts']]),
  );
  expect(numberLast(['migrations/0001-orders.ts'], [...present, 'migrations/0004-drop-orders.ts'])).toEqual(
    new Map([['migrations/0001-orders.ts', 'migrations/0005-orders.ts']]),
  );
});

test('the base names files by their new paths', () => {
  const base = printBase(new Map([['migrations/0003-fees.ts', { fate: 'made', content: Buffer.from('x') }]]));
  const files = new Map([
    ['migrations/0003-fees.ts', Buffer.from('x')],
    ['base.txt', Buffer.from(base)],
  ]);
  const paths = new Map([['migrations/0003-fees.ts', 'migrations/0005-fees.ts']]);
  const result = renumbered(files, paths, (path) => path === 'base.txt');
  expect(String(result.get('migrations/0005-fees.ts'))).toBe('x');
  expect([...(parseBase(String(result.get('base.txt'))) ?? [])].map(([path]) => path)).toEqual([
    'migrations/0005-fees.ts',
  ]);
});
