import { describe, expect, test } from 'vitest';
import { usedNeeds } from './used-needs.ts';

const kinds = ['postgres', 'redis', 'nats', 'upstream'];
const needs = `
  import { postgres, redis, upstream } from '@splitlevel/testkit/needs';
  import { migrate } from '../src/migrate.ts';
  export const needs = {
    database: postgres({ migrate }),
    cache: redis(), // events: nats(),
    'exchangeRates': upstream('exchange-rates'),
  };`;
const fixtures = `
  import { createTest } from '@splitlevel/testkit';
  import { needs } from './needs.ts';
  export const test = createTest(import.meta.dirname, needs)
    .extend('environment', ({ database, exchangeRates }) => ({ DATABASE_URL: database.url, RATES: exchangeRates.url }))
    .extend('startService', async ({ environment }, { onCleanup }): Promise<StartService> => {
      onCleanup(async () => {});
      return async (changes) => createService({ ...environment, ...changes });
    })
    .extend('service', ({ startService }) => startService());`;

/** The needs of a test file with these tests. */
function usedBy(tests: string, files: Record<string, string> = {}): string[] {
  const all: Record<string, string> = {
    '/shop/integration/needs.ts': needs,
    '/shop/integration/fixtures.ts': fixtures,
    '/shop/integration/deep/x.test.ts': `import { test } from '../fixtures.ts';\n${tests}`,
    ...files,
  };
  return [...usedNeeds('/shop/integration/deep/x.test.ts', kinds, (path) => all[path])].sort();
}

describe('a test file uses', () => {
  test.each([
    ['what its tests take', "test('x', async ({ database }) => {});", ['postgres']],
    [
      'what several take',
      "test('x', ({ database }) => {}); test('y', async ({\n  cache,\n}) => {});",
      ['postgres', 'redis'],
    ],
    ['what a fixture is built on', "test('x', async ({ service }) => {});", ['postgres', 'upstream']],
    ['what a table of tests takes', "test.for([[1]])('x', ([n], { cache }) => {});", ['redis']],
    ['what a function takes', "test('x', async function ({ cache }) {});", ['redis']],
    ['what is renamed', "test('x', ({ cache: store }) => {});", ['redis']],
    [
      'what an own fixture takes',
      "const t = test.extend('x', ({ cache }) => cache); t('y', ({ x }) => {});",
      ['redis'],
    ],
    [
      'what an automatic fixture takes',
      "const t = test.extend('x', { auto: true }, ({ cache }) => {}); t('y', () => {});",
      ['redis'],
    ],
    ['nothing that no test takes', "const t = test.extend('x', ({ cache }) => cache); t('y', () => {});", []],
    ['nothing that is only mentioned', "test('the ({ cache }) => {}', () => {}); // ({ cache }) => {}", []],
    ['nothing that can be told where it chooses its tests', "test.skipIf(noJava)('x', ({ cache }) => {});", []],
    ['nothing that is passed on', "test('x', ({ database }) => { serve({ cache: fake }); });", ['postgres']],
  ] as const)('%s', (_, tests, expected) => {
    expect(usedBy(tests)).toEqual(expected);
  });

  test('what helpers of its suite take, and nothing of production code', () => {
    const tests = "import { seeAll } from './helper.ts'; import { x } from '../../src/x.ts'; seeAll();";
    const files = {
      '/shop/integration/deep/helper.ts': "export const seeAll = () => test('x', ({ cache }) => {});",
      '/shop/src/x.ts': 'export const x = ({ database }) => {};',
    };
    expect(usedBy(tests, files)).toEqual(['redis']);
  });

  test('nothing that can be told where it makes no fixtures', () => {
    expect([
      ...usedNeeds(
        '/shop/integration/a.test.ts',
        kinds,
        () => 'const x = { database: postgres() }; t(({ database }) => {})',
      ),
    ]).toEqual([]);
  });
});
