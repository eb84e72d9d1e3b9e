import { describe, expect, test } from 'vitest';
import { aPackage, aRepository, aSource } from '../a-repository.ts';
import type { Source, Suites } from '../repository.ts';
import { findingsIn } from './rules.ts';

const told = (...arguments_: Parameters<typeof aRepository>) =>
  findingsIn(aRepository(...arguments_))
    .filter(({ rule }) => rule === 'places')
    .map(({ what, todo }) => [what, todo]);
/** A file more in the package, which no suite runs. */
const withFile = (path: string, source: Partial<Source> = {}) => {
  const { files, sources } = aPackage();
  return told({ orders: { files: [...files, path], sources: new Map([...sources, [path, aSource(source)]]) } });
};
const suites = (changes: Partial<Suites>) => {
  const { value } = aRepository().suites;
  return told({ suites: { value: { ...(value as Suites), ...changes } } });
};

describe('a file that no suite runs', () => {
  test.each(['src/price.spec.ts', 'src/price.it.ts', 'src/price.test.js', 'integration/__tests__/order.ts'])(
    '%s',
    (path) => {
      expect(withFile(path)).toEqual([
        [
          `packages/orders/${path} is named like a test, and is run by no suite`,
          expect.stringMatching(/^Test files are named \*\.test\.ts here: rename it to (price|order)\.test\.ts\.$/),
        ],
      ]);
    },
  );

  test.each(['lib/price.test.ts', '__tests__/price.ts', 'e2e/price.e2e.tsx', 'price_test.ts'])('%s', (path) => {
    expect(withFile(path)).toEqual([
      [
        `packages/orders/${path} is named like a test, and no suite looks here`,
        'Move it to packages/orders/src/ (a unit test) or packages/orders/integration/ (an integration test), as price.test.ts.',
      ],
    ]);
  });

  test('a test under any name is known by what it does', () => {
    expect(withFile('src/checks.ts', { tests: [{ text: 'describe', line: 4 }] })).toEqual([
      ['packages/orders/src/checks.ts defines a test in line 4, and is run by no suite', expect.any(String)],
    ]);
    expect(withFile('src/checks.ts')).toEqual([]);
    expect(withFile('src/read-spec.ts')).toEqual([]);
  });

  test('a test in its place that the configuration leaves out', () => {
    expect(withFile('src/slow.test.ts')).toEqual([
      [
        'packages/orders/src/slow.test.ts is run by no suite: vitest.config.ts leaves it out',
        'Take what excludes it out of the project unit.',
      ],
    ]);
  });
});

test('a test that the command leaves out', () => {
  expect(suites({ left: { unit: ['packages/orders/src/price.test.ts'] } })).toEqual([
    [
      "packages/orders/src/price.test.ts is left out by nx.json's command of unit",
      'Take what leaves them out of targetDefaults.unit.',
    ],
  ]);
});

test('a test that the other suite runs, or both', () => {
  const integration = { 'packages/orders/integration/order.test.ts': ['integration'] };
  for (const projects of [['integration'], ['unit', 'integration']]) {
    expect(suites({ tests: { ...integration, 'packages/orders/src/price.test.ts': projects } })).toEqual([
      [
        `packages/orders/src/price.test.ts is run by the suite ${projects.join(' and ')}, not by unit alone`,
        'Mend the include patterns of vitest.config.ts: src/ is unit, integration/ is integration.',
      ],
    ]);
  }
});

test('settings by which what fails may pass', () => {
  expect(suites({ loose: ['retry of the project unit'] })).toEqual([
    ['vitest.config.ts sets retry of the project unit: what fails may pass', 'Take it out.'],
  ]);
});

test('a configuration that cannot be loaded', () => {
  expect(told({ suites: { problem: 'SyntaxError: x' } })).toEqual([
    [
      'vitest.config.ts cannot be loaded, so that nothing can be told of the suites: SyntaxError: x',
      'Run npx vitest list, and mend what it says.',
    ],
  ]);
});

test('other runners of tests', () => {
  const manifest = {
    ...aPackage().manifest,
    devDependencies: { mocha: '11.0.0' },
    scripts: { check: 'node --test src', start: 'node src/main.ts' },
  };
  const { files, sources } = aPackage();
  const withNode = new Map([...sources, ['src/main.ts', aSource({ imports: ['node:test'] })] as const]);
  expect(told({ orders: { files, manifest, sources: withNode } }).map(([what]) => what)).toEqual([
    'packages/orders/src/main.ts is a test of another runner, node:test, which no target runs',
    'packages/orders/package.json depends on another runner of tests, mocha',
    'packages/orders/package.json: the script check runs another runner of tests: node --test src',
  ]);
});

test('a list of adopting that cannot be read', () => {
  expect(told({ orders: { texts: new Map([['adoption.json', '{}']]) } })).toEqual([
    [
      'packages/orders/adoption.json is not a list of tests that adopting left: it has no "stays" with a reason for each path',
      'Remove it, then run npx plop adopt --package orders.',
    ],
  ]);
});

test('a test in a folder of packages/ without package.json', () => {
  const [root = aPackage(), ...others] = aRepository().packages;
  const path = 'packages/notes/src/a.test.ts';
  const sources = new Map([
    [path, aSource()],
    ['packages/notes/src/a.ts', aSource()],
  ]);
  expect(told({ packages: [{ ...root, files: [...sources.keys()], sources }, ...others] })).toEqual([
    [`${path} is a test in a folder without package.json: no target runs it`, expect.stringContaining('package.json')],
  ]);
});

test('tests that adopting left, and entries of what is gone', () => {
  const text = '{ "stays": { "test/a.test.ts": "it fails", "test/b.test.ts": "it fails" } }';
  const { files, sources } = aPackage();
  const left = new Map([...sources, ['test/a.test.ts', aSource()] as const]);
  expect(
    told({ orders: { files: [...files, 'test/a.test.ts'], sources: left, texts: new Map([['adoption.json', text]]) } }),
  ).toEqual([
    [
      'no suite runs packages/orders/test/a.test.ts, which adopting left: it fails',
      'Mend it, then run npx plop adopt --package orders.',
    ],
    ['packages/orders/adoption.json lists test/b.test.ts, which is not there', 'Run npx plop adopt --package orders.'],
  ]);
});
