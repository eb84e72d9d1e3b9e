import { describe, expect, test } from 'vitest';
import { aGeneratedFolder, aPackage, aRepository, aSource } from '../a-repository.ts';
import type { Repository } from '../repository.ts';
import { findingsIn } from './rules.ts';

/** The findings as lines: package, rule, what. */
const told = (repository: Repository) =>
  findingsIn(repository).map((each) => `${each.package} ${each.rule}: ${each.what}`);
const orders = (changes: Parameters<typeof aPackage>[0]) => aRepository({ orders: changes ?? {} });
const targets = { lint: {}, typecheck: {}, unit: {}, integration: {} };

test('a repository that keeps to the standard has no findings', () => {
  expect(findingsIn(aRepository({ generated: [aGeneratedFolder()] }))).toEqual([]);
});

test('every finding says what to do', () => {
  const [finding] = findingsIn(orders({ files: ['project.json', ...aPackage().files] }));
  expect(finding).toEqual({
    package: 'orders',
    rule: 'targets',
    what: 'packages/orders/project.json defines targets beside those of nx.json',
    todo: 'Remove it; a package has its targets in the nx entry of its package.json, as empty entries.',
  });
});

describe('targets', () => {
  test('that are missing', () => {
    expect(told(orders({ manifest: { nx: { targets: { lint: {}, typecheck: {}, unit: {} } } } }))).toEqual([
      'orders targets: packages/orders/package.json has no target integration',
    ]);
    expect(told(orders({ manifest: {} }))).toHaveLength(4);
    const service = {
      manifest: { nx: { targets: { lint: {}, typecheck: {}, unit: {}, dev: {} } } },
      sources: new Map(),
    };
    expect(told(orders({ ...service, files: ['src/price.test.ts'] }))).toEqual([
      'orders targets: packages/orders/package.json has no target integration',
    ]);
  });

  test('a library of pure logic needs no integration suite, a service does', () => {
    const manifest = { nx: { targets: { lint: {}, typecheck: {}, unit: {} } } };
    const library = { manifest, files: ['src/price.test.ts'], sources: new Map() };
    expect(told(orders(library))).toEqual([]);
    expect(told(orders({ ...library, files: ['src/price.test.ts', 'migrations/0001.ts'] }))).toEqual([
      'orders targets: packages/orders/package.json has no target integration',
    ]);
  });

  test('with a command of their own, and without a test', () => {
    const own = { ...targets, unit: { command: 'jest' } };
    expect(
      told(orders({ manifest: { nx: { targets: own } }, files: ['src/main.ts', 'integration/a.test.ts'] })),
    ).toEqual([
      'orders targets: packages/orders has the target unit, and no test for it',
      'orders targets: packages/orders/package.json has its own command for the target unit',
    ]);
  });

  test('one suite is enough, either of them', () => {
    const own = (suite: string) => ({ nx: { targets: { lint: {}, typecheck: {}, [suite]: {} } } });
    expect(told(orders({ manifest: own('unit'), files: ['src/price.test.ts'] }))).toEqual([]);
    expect(
      told(orders({ manifest: own('integration'), files: ['src/price.ts', 'integration/order.test.ts'] })),
    ).toEqual([]);
    expect(told(orders({ manifest: own('integration'), files: ['src/a.test.ts', 'integration/b.test.ts'] }))).toEqual([
      'orders targets: packages/orders/package.json has no target unit',
    ]);
  });
});

test('places: tests that no suite runs', () => {
  const sentence =
    'packages/orders/lib/a.test.ts: no suite looks here. Move it beside the code in packages/orders/src/ (a unit test).';
  expect(findingsIn(aRepository({ misplaced: [sentence] }))).toEqual([
    {
      package: 'orders',
      rule: 'places',
      what: 'packages/orders/lib/a.test.ts: no suite looks here',
      todo: 'Move it beside the code in packages/orders/src/ (a unit test).',
    },
  ]);
});

test('places: tests that adopting left, and entries of what is gone', () => {
  const text = '{ "stays": { "test/a.test.ts": "it fails", "test/b.test.ts": "it fails" } }';
  const { files, texts } = aPackage();
  expect(
    told(orders({ files: [...files, 'test/a.test.ts'], texts: new Map([...texts, ['adoption.json', text]]) })),
  ).toEqual([
    'orders places: no suite runs packages/orders/test/a.test.ts, which adopting left: it fails',
    'orders places: packages/orders/adoption.json lists test/b.test.ts, which is not there',
  ]);
});

describe('pure', () => {
  const file = 'packages/orders/src/price.test.ts';
  const observation = { file, test: 'a price', activity: 'file', tried: 'write to /x', frame: `${file}:3:1` } as const;
  const run = (changes: Partial<Repository['unitRun']>) =>
    told(aRepository({ unitRun: { files: new Map(), observations: [], exitCode: 1, output: '', ...changes } }));

  test('what unit tests did, each deed once', () => {
    const mock = {
      ...observation,
      test: undefined,
      activity: 'mock',
      tried: 'mock the module ./a.ts (vi.mock)',
    } as const;
    expect(run({ observations: [observation, observation, mock] })).toEqual([
      `orders pure: ${file}: "a price" tries to write to /x`,
      `orders pure: ${file}: its module scope or a hook tries to mock the module ./a.ts (vi.mock)`,
    ]);
  });

  test('a test that fails for another reason has not been seen', () => {
    const files = new Map([[file, { passed: false, tests: 1, failures: ['expected 1\nto be 2'] }]]);
    expect(run({ files })).toEqual([
      `orders pure: ${file} fails, so that the guard has not seen all of it: expected 1`,
    ]);
    expect(run({ output: 'first\nboom' })).toEqual(['workspace pure: The unit suite fails: first boom']);
  });
});

test('mocks: in integration tests, and in what they import', () => {
  const mock = [{ text: 'vi.mock(./a.ts)', line: 3 }];
  const sources = new Map([
    ['integration/order.test.ts', aSource({ imports: ['./call.ts'], calls: new Set(['fetch']) })],
    ['integration/call.ts', aSource({ mocks: mock })],
    ['src/price.test.ts', aSource({ mocks: mock })],
  ]);
  expect(told(orders({ sources }))).toEqual([
    'orders mocks: packages/orders/integration/call.ts:3 mocks a module: vi.mock(./a.ts)',
  ]);
});

test('servers: a suite that comes to none', () => {
  const suite = (...sources: [string, ReturnType<typeof aSource>][]) => told(orders({ sources: new Map(sources) }));
  const finding = [
    'orders servers: packages/orders/integration has tests, and none of them comes to a server: no need, no connection, nothing that listens',
  ];
  const importing = aSource({ imports: ['./fixtures', 'vitest'] });
  expect(suite(['integration/order.test.ts', importing])).toEqual(finding);
  expect(suite(['integration/order.test.ts', importing], ['integration/fixtures.ts', aSource()])).toEqual(finding);
  for (const real of [
    { imports: ['@x/testkit/needs'] },
    { imports: ['pg'] },
    { imports: ['node:worker_threads'] },
    { calls: new Set(['app.listen']) },
    { calls: new Set(['fs.writeFileSync']) },
  ]) {
    expect(suite(['integration/order.test.ts', importing], ['integration/fixtures.ts', aSource(real)])).toEqual([]);
  }
});

describe('images', () => {
  test.each(['postgres', 'postgres:latest', 'registry.local:5000/postgres'])('%s is not pinned', (image) => {
    expect(told(aRepository({ images: { postgres: image } }))).toEqual([
      `workspace images: images.json names ${image} for postgres, which is another image every day`,
    ]);
  });

  test.each(['postgres:18', `postgres@sha256:${'a'.repeat(64)}`, 'registry.local:5000/postgres:18'])(
    '%s is',
    (image) => {
      expect(told(aRepository({ images: { postgres: image } }))).toEqual([]);
    },
  );

  test('are named elsewhere', () => {
    const sources = new Map([
      ...aPackage().sources,
      ['src/dev.ts', aSource({ images: [{ text: 'postgres:16', line: 7 }] })] as const,
    ]);
    const texts = new Map([...aPackage().texts, ['compose.yaml', 'services:\n  db:\n    image: "redis:7" # x\n']]);
    expect(told(orders({ sources, texts }))).toEqual([
      'orders images: packages/orders/src/dev.ts:7 names the image postgres:16',
      'orders images: packages/orders/compose.yaml:3 names the image redis:7',
    ]);
  });
});

describe('caching', () => {
  test('rules that nx.json has lost', () => {
    const { nx } = aRepository();
    const integration = {
      cache: true,
      inputs: ['integrationSuite', '^production', 'toolchain', 'images', 'runtime'],
    };
    const changed = { ...nx.targetDefaults, unit: { cache: false, inputs: ['unitSuite', '^logic'] }, integration };
    expect(told(aRepository({ nx: { targetDefaults: changed } }))).toEqual([
      'workspace caching: nx.json does not cache unit',
      'workspace caching: nx.json leaves "toolchain" out of what unit is hashed by: a change of it would be answered by the cache',
      'workspace caching: nx.json leaves {"projects":["testkit"],"input":"production"} out of what integration is hashed by: a change of it would be answered by the cache',
    ]);
  });

  test('rules that a package overrides', () => {
    const nx = { targets: { ...targets, integration: { cache: false, inputs: [] } }, namedInputs: { logic: [] } };
    expect(told(orders({ manifest: { nx } }))).toEqual([
      'orders caching: packages/orders/package.json overrides cache of integration',
      'orders caching: packages/orders/package.json overrides inputs of integration',
      'orders caching: packages/orders/package.json overrides the input logic',
    ]);
  });

  test('images that a package uses and does not say, or says and does not have', () => {
    const images = [{ json: '{workspaceRoot}/images.json', fields: ['mongo'] }];
    const sources = new Map([
      ...aPackage().sources,
      ['integration/needs.ts', aSource({ calls: new Set(['postgres', 'upstream']) })] as const,
    ]);
    expect(told(orders({ manifest: { nx: { targets, namedInputs: { images } } }, sources }))).toEqual([
      'orders caching: packages/orders uses the image postgres, and its package.json leaves it out of the input images',
      'orders caching: packages/orders uses the image wiremock, and its package.json leaves it out of the input images',
      'orders caching: packages/orders/package.json names the image mongo, which images.json does not have',
    ]);
  });

  test('an edge to the testkit', () => {
    expect(told(orders({ manifest: { nx: { targets }, devDependencies: { '@x/testkit': '*' } } }))).toEqual([
      'orders caching: packages/orders/package.json depends on @x/testkit: every change of it would run the unit suite',
    ]);
  });
});

test('config: what a package configures for itself', () => {
  const files = [...aPackage().files, 'vitest.config.ts', '.eslintrc.json'];
  expect(told(orders({ files, texts: new Map([['tsconfig.json', '{}']]) }))).toEqual([
    'orders config: packages/orders/vitest.config.ts configures what the workspace configures for all',
    'orders config: packages/orders/.eslintrc.json configures what the workspace configures for all',
    'orders config: packages/orders/tsconfig.json does not extend ../../tsconfig.json, which has the strict options',
  ]);
  expect(told(orders({ texts: new Map() }))).toEqual(['orders config: packages/orders has no tsconfig.json']);
});

describe('edited and newer', () => {
  const made = (made: string | undefined, now: string | undefined, today: string | undefined, owned: string[] = []) =>
    told(aRepository({ generated: [aGeneratedFolder({ owned, files: [{ path: 'src/a.ts', made, now, today }] })] }));

  test.each<[string | undefined, string | undefined, string | undefined, string[]]>([
    ['a', 'b', 'a', ['orders edited: packages/orders/src/a.ts was edited since service made it']],
    ['a', undefined, 'a', ['orders edited: packages/orders/src/a.ts was deleted since service made it']],
    ['a', 'a', 'b', ['orders newer: packages/orders/src/a.ts: the template is newer than the file']],
    [
      'a',
      'c',
      'b',
      ['orders newer: packages/orders/src/a.ts: the template is newer than the file, and the file was edited'],
    ],
    ['a', 'a', undefined, ['orders newer: packages/orders/src/a.ts: the template does not make this file any more']],
    [undefined, undefined, 'b', ['orders newer: packages/orders/src/a.ts: the template makes this file now']],
    ['a', 'b', 'b', []],
    ['a', undefined, undefined, []],
  ])('made %s, now %s, today %s', (then, now, today, findings) => {
    expect(made(then, now, today)).toEqual(findings);
    expect(made(then, now, today, ['src/a.ts']), 'the owner has taken it over').toEqual([]);
  });

  test('a template that cannot be asked', () => {
    const generated = [aGeneratedFolder({ problem: 'this workspace has no generator service' })];
    expect(told(aRepository({ generated }))).toEqual([
      'orders newer: packages/orders/.splitlevel.json: what service makes today cannot be told: this workspace has no generator service',
    ]);
  });
});
