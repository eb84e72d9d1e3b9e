import { expect, test } from 'vitest';
import { hintForCondition, hintForSort } from './index-hint.ts';

const products = { 'Node Type': 'Seq Scan', Schema: 'public', 'Relation Name': 'products', Alias: 'products' };

test.each([
  ['(products.name = $1)', '(name)'],
  ['(lower(products.name) = $1)', '(lower(name))'],
  ['((products.price > $2) AND (lower(products.name) = $1))', '(lower(name), price)'],
  ['((products.price >= $2) AND (products.price <= $3))', '(price)'],
  ['(products.name = ANY ($1))', '(name)'],
  ['($1 = products.name)', '(name)'],
  ["((products.status)::text = 'a (b'::text)", '(status)'],
  ['((products.price * products.factor) > $1)', '((price * factor))'],
  ['((products.attributes ->> $4) = $5)', '((attributes ->> $4))'],
  ['(products.product_id = p.id)', '(product_id)'],
  ['(products.deleted_at IS NULL)', '(deleted_at)'],
  ['products.active', '(active)'],
  ['((NOT products.active) AND (products.name <> $1))', '(active)'],
  ['(products.attributes @> $1)', 'using gin (attributes)'],
])('a filter %s asks for an index %s', (condition, index) => {
  expect(hintForCondition(products, condition)).toBe(`create index on products ${index}`);
});

test('each branch of an OR asks for an index', () => {
  expect(hintForCondition(products, '((products.name = $1) OR (products.price = $2))')).toBe(
    'create index on products (name); create index on products (price)',
  );
  expect(hintForCondition(products, '((products.name = $1) OR (products.price <> $2))')).toBeUndefined();
});

test('a pattern asks for trigrams', () => {
  expect(hintForCondition(products, '(products.name ~~ $1)')).toBe(
    'create extension pg_trgm; create index on products using gin (name gin_trgm_ops)',
  );
});

test.each([
  '(products.name <> $1)',
  '(products.name IS NOT NULL)',
  '(NOT (ANY (products.id = (hashed SubPlan 1).col1)))',
  '(products.price = products.cost)',
  '(date_trunc($1, products.made_at) = $2)',
])('%s has no index that could be named', (condition) => {
  expect(hintForCondition(products, condition)).toBeUndefined();
});

test('names are quoted where SQL needs it, and another schema is named', () => {
  const node = { 'Node Type': 'Seq Scan', Schema: 'shop', 'Relation Name': 'Order', Alias: 'My o' };
  expect(hintForCondition(node, '("My o"."userId" = $1)')).toBe('create index on shop."Order" ("userId")');
});

test('an order asks for its keys', () => {
  expect(hintForSort(products, ['products.price DESC NULLS LAST', '(lower(products.name))', 'products.id'])).toBe(
    'create index on products (price desc nulls last, (lower(name)), id)',
  );
});
