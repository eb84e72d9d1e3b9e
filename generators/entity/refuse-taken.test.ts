import { expect, test } from 'vitest';
import { parseTypeScript } from '../engine/edit/syntax.ts';
import { refuseTaken } from './refuse-taken.ts';

const text = 'export interface Schema { products: object; "tax_rates": object }';
const schema = { path: 'src/database.ts', text, syntax: parseTypeScript('src/database.ts', text) };
const migrations = [
  { path: 'migrations/0001-notes.ts', text: "createTable('notes')" },
  { path: 'migrations/0002-parts.ts', text: 'schema.createTable(\n  "parts",\n)' },
];
const routes = [
  { path: 'src/routes/ours.ts', text: "server.get('/fees'); server.put(`/order-lines/:id`); get('/rates/:a/b')" },
];

test.each([
  ['product', 'packages/shop has a table products already: src/database.ts'],
  ['tax-rate', 'packages/shop has a table tax_rates already: src/database.ts'],
  ['note', 'packages/shop has a migration that creates a table notes already: migrations/0001-notes.ts'],
  ['part', 'packages/shop has a migration that creates a table parts already: migrations/0002-parts.ts'],
  ['fee', 'packages/shop has a route /fees already: src/routes/ours.ts'],
  ['order-line', 'packages/shop has a route /order-lines already: src/routes/ours.ts'],
])('%s is refused', (entity, sentence) => {
  expect(() => refuseTaken('packages/shop', entity, schema, migrations, routes)).toThrow(sentence);
});

test.each(['footnote', 'no', 'rate', 'order', 'table'])('%s is not', (entity) => {
  expect(() => refuseTaken('packages/shop', entity, schema, migrations, routes)).not.toThrow();
});
