import { expect, test } from 'vitest';
import { tablesOf } from './tables-of.ts';

const migration = (path: string, table: string) =>
  [
    path,
    { fate: 'made', content: Buffer.from(`database.schema.createTable('${table}')\n  .addColumn('id')`) },
  ] as const;

const service = {
  files: new Map([
    migration('migrations/0001-order-lines.ts', 'order_lines'),
    migration('migrations/0002-order-line-discount-changes.ts', 'order_line_discount_changes'),
    migration('migrations/0003-outbox.ts', 'outbox'),
    migration('src/order-lines.ts', 'none'),
  ]),
};
const added = { files: new Map([migration('migrations/0004-lines.ts', 'lines')]) };

test('the tables of a sample are dropped before those to which they refer', () => {
  expect(tablesOf([service, added], 'order-line')).toEqual(['order_line_discount_changes', 'order_lines']);
});

test('an entity that was added has its own table, and one without a migration none', () => {
  expect(tablesOf([service, added], 'line')).toEqual(['lines']);
  expect(tablesOf([service, added], 'fee')).toEqual([]);
});
