import { expect, test } from 'vitest';
import { findUnserved } from './find-unserved.ts';
import { describeNode, outline, type PlanNode } from './plan.ts';

const scan = (relation: string, more: Partial<PlanNode> = {}): PlanNode => ({
  'Node Type': 'Seq Scan',
  'Relation Name': relation,
  Alias: relation,
  ...more,
});
const found = scan('p', { 'Node Type': 'Index Scan', 'Index Name': 'p_name', 'Index Cond': '(p.name = $1)' });
const join = (outer: PlanNode, inner: PlanNode, more: Partial<PlanNode> = {}): PlanNode => ({
  'Node Type': 'Hash Join',
  'Join Type': 'Inner',
  'Hash Cond': '(c.product_id = p.id)',
  Plans: [
    { ...outer, 'Parent Relationship': 'Outer' },
    { 'Node Type': 'Hash', 'Parent Relationship': 'Inner', Plans: [inner] },
  ],
  ...more,
});
const hints = (plan: PlanNode, partial?: Set<string>) => findUnserved(plan, partial).map(({ hint }) => hint);

test('a table that is read whole without a condition is fine, and one that is filtered is not', () => {
  expect(hints(scan('c'))).toEqual([]);
  expect(hints(scan('c', { Filter: '(c.note = $1)' }))).toEqual(['create index on c (note)']);
  expect(hints(scan('c', { Filter: '(c.relname = $1)', Schema: 'pg_catalog' }))).toEqual([]);
});

test('an index that is read whole serves nothing', () => {
  const whole = { 'Node Type': 'Index Scan', 'Index Name': 'c_pkey', Filter: '(c.note = $1)' };
  expect(hints(scan('c', whole))).toEqual(['create index on c (note)']);
  expect(hints(scan('c', { ...whole, 'Index Cond': '(c.id = $2)' }))).toEqual([]);
  expect(hints(scan('c', whole), new Set(['c_pkey']))).toEqual([]);
  const bitmap = (cond: object) =>
    scan('c', {
      'Node Type': 'Bitmap Heap Scan',
      Filter: '(c.a = $1)',
      Plans: [{ 'Node Type': 'Bitmap Index Scan', ...cond }],
    });
  expect(hints(bitmap({}))).toHaveLength(1);
  expect(hints(bitmap({ 'Index Cond': '(c.id = $2)' }))).toEqual([]);
});

test('a side of a join is read whole for some rows of the other only where that has but some', () => {
  expect(hints(join(scan('c'), found))).toEqual(['create index on c (product_id)']);
  expect(hints(join(scan('c'), scan('p')))).toEqual([]);
  const byJoin = { ...found, 'Index Cond': '(p.id = c.product_id)' };
  expect(hints(join(scan('c'), byJoin, { 'Node Type': 'Nested Loop' }))).toEqual([]);
  expect(hints(join(scan('c'), { 'Node Type': 'Function Scan' }))).toHaveLength(1);
  const byFunction = { ...found, 'Index Cond': "(p.name = shop.key_of('c.x'))" };
  expect(hints(join(scan('c'), byFunction))).toHaveLength(1);
});

test('the side whose rows an outer join keeps is read whole', () => {
  expect(hints(join(scan('c'), found, { 'Join Type': 'Left' }))).toEqual([]);
  expect(hints(join(scan('c'), found, { 'Join Type': 'Anti' }))).toEqual([]);
  expect(hints(join(scan('c'), found, { 'Join Type': 'Right' }))).toHaveLength(1);
});

test('joins of joins are walked', () => {
  const lines = scan('l');
  const plan = join(lines, join(scan('c'), found), { 'Hash Cond': '(l.change_id = c.id)' });
  expect(hints(plan)).toEqual(['create index on l (change_id)', 'create index on c (product_id)']);
});

test('an order for the first rows wants an index, one for all does not', () => {
  const sorted: PlanNode = { 'Node Type': 'Sort', 'Sort Key': ['c.at DESC'], Plans: [scan('c')] };
  expect(hints({ 'Node Type': 'Limit', Plans: [sorted] })).toEqual(['create index on c (at desc)']);
  expect(hints(sorted)).toEqual([]);
  expect(hints({ 'Node Type': 'Limit', Plans: [scan('c')] })).toEqual([]);
  const grouped: PlanNode = { ...sorted, Plans: [{ 'Node Type': 'Aggregate', Plans: [scan('c')] }] };
  expect(hints({ 'Node Type': 'Limit', Plans: [grouped] })).toEqual([]);
});

test('sub-selects are plans of their own', () => {
  const inner = scan('c', { 'Parent Relationship': 'SubPlan', Filter: '(c.product_id = p.id)' });
  expect(hints(scan('p', { Plans: [inner] }))).toEqual(['create index on c (product_id)']);
  expect(hints({ ...found, Plans: [scan('c', { 'Parent Relationship': 'InitPlan' })] })).toEqual([]);
});

test('nodes are shown on a line each', () => {
  expect(outline(join(scan('changes', { Alias: 'c' }), found))).toBe(
    'Hash Join, join (c.product_id = p.id)\n  Seq Scan on changes c\n  Hash\n    Index Scan using p_name on p, by (p.name = $1)',
  );
  expect(describeNode(scan('c', { Filter: '(c.a = $1)' }))).toBe('Seq Scan on c, filter (c.a = $1)');
});
