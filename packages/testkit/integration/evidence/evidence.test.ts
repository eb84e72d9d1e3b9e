import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Evidence, TestEvidence } from '../../src/evidence/evidence.ts';
import { evidenceOf } from './read-evidence.ts';

let evidence: Evidence;
let text: string;
beforeAll(async () => {
  ({ evidence, text } = await evidenceOf('shop'));
}, 180_000);

function named(name: string): TestEvidence | undefined {
  return evidence.tests.find((one) => one.name === name);
}

test('tells the servers of the run, and each test with its state', () => {
  expect(evidence.version).toBe(1);
  expect(evidence.servers.map(({ kind }) => kind).sort()).toEqual(['postgres', 'wiremock']);
  const file = 'packages/testkit/integration/evidence/shop/shop.fixture.ts';
  expect(evidence.tests.map(({ name, state, file: path }) => [name, state, path === file])).toEqual([
    ['reads by an index', 'passed', true],
    ['asks an upstream', 'failed', true],
    ['leaves rows', 'failed', true],
    ['is left out', 'skipped', true],
  ]);
  expect(named('reads by an index')?.durationMs).toBeGreaterThan(0);
  expect(named('is left out')?.durationMs).toBeNull();
});

test('lies outside of the package, whose files tests may list', async () => {
  const files = await readdir(join(import.meta.dirname, 'shop'));
  expect(files.sort()).toEqual(['package.json', 'shop.fixture.ts', 'stubs']);
});

test('has the statements that assertions read, with their plans, and none that may hold a secret', () => {
  expect(named('reads by an index')?.fixtures.database?.statements).toEqual([
    {
      sql: 'SELECT name FROM product WHERE id = $1',
      calls: 3,
      rows: 0,
      plan: expect.stringContaining('Index Scan using product_pkey on product'),
    },
  ]);
});

test('has the requests of an upstream with the stub that answered, without what may be secret in them', () => {
  expect(named('asks an upstream')?.fixtures.rates?.requests).toEqual([
    { method: 'GET', path: '/rates/USD', stub: null },
    { method: 'GET', path: '/rates/EUR', stub: expect.stringMatching(/stubs\/rates\/euro\.json$/) },
  ]);
  expect(text).not.toContain('secret');
});

test('has the rows that a failed test left, and says where they are cut', () => {
  const left = named('leaves rows')?.fixtures.database?.left;
  expect(left?.map(({ name, lines, isCut }) => [name, lines.length, isCut])).toEqual([
    ['public.price', 1000, true],
    ['public.product', 1, false],
  ]);
  expect(left?.[1]?.lines).toEqual(['{"id":1,"name":"Evidence"}']);
  expect(named('reads by an index')?.fixtures.database?.left).toEqual([]);
});
