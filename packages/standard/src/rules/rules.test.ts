import { describe, expect, test } from 'vitest';
import { aGeneratedFolder, aPackage, aRepository, aSource, type aTask } from '../a-repository.ts';
import type { NxTasks, Package, Repository } from '../repository.ts';
import { findingsIn } from './rules.ts';

/** The findings as lines: package, rule, what. */
const told = (repository: Repository) =>
  findingsIn(repository).map((each) => `${each.package} ${each.rule}: ${each.what}`);
const orders = (changes: Parameters<typeof aPackage>[0]) => aRepository({ orders: changes ?? {} });

test('a repository that keeps to the standard has no findings', () => {
  expect(findingsIn(aRepository({ generated: [aGeneratedFolder()] }))).toEqual([]);
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

  test('one suite is enough, either of them', () => {
    const own = (suite: string) => ({ nx: { targets: { lint: {}, typecheck: {}, [suite]: {} } } });
    const of = (suite: string, ...files: string[]) =>
      told(orders({ manifest: own(suite), files })).filter((each) => / targets: /.test(each));
    expect(of('unit', 'src/price.test.ts')).toEqual([]);
    expect(of('integration', 'src/price.ts', 'integration/order.test.ts')).toEqual([]);
    expect(of('integration', 'src/a.test.ts', 'integration/b.test.ts')).toEqual([
      'orders targets: packages/orders/package.json has no target unit',
    ]);
  });

  test('without a test', () => {
    expect(told(orders({ files: ['src/main.ts', 'integration/order.test.ts'] }))).toEqual([
      'orders targets: packages/orders has the target unit, and no test for it',
    ]);
  });

  const unit = (changes: Parameters<typeof aTask>[0], more: Partial<Repository> = {}) => {
    const { value } = aRepository().tasks;
    const task = { ...value?.tasks['orders:unit'], ...changes };
    const resolved = { ...value, tasks: { ...value?.tasks, 'orders:unit': task } } as NxTasks;
    return told(aRepository({ tasks: { value: resolved }, ...more }));
  };
  const nx = "nx.json's `vitest run --project unit packages/orders/`";

  test.each([
    ['jest', ''],
    ['true', ': it passes without doing anything'],
    ['vitest run --project unit packages/orders/ || true', ': it passes whatever fails before it'],
    ['vitest run --project unit packages/orders/ --passWithNoTests', ': it passes without tests'],
    ['vitest run --project unit packages/orders/ --exclude slow', ': it leaves tests out'],
    ['vitest run --project unit packages/orders/ --tags-filter=fast', ': it leaves tests out'],
    ['vitest run --project unit packages/orders/ -u', ': it writes snapshots instead of comparing with them'],
    [
      'vitest run --project unit packages/orders/ || npx vitest run packages/orders/',
      ': it passes where what stands behind || passes',
    ],
    ['vitest run --project unit packages/orders/ || exit 1', ''],
  ])('that run %s', (command, excuse) => {
    expect(unit({ options: { command } })).toEqual([
      `orders targets: packages/orders/package.json: the target unit runs \`${command}\` in place of ${nx}${excuse}`,
    ]);
  });

  test('that are scripts, several commands, or nothing', () => {
    expect(unit({ executor: 'nx:run-script', options: { script: 'unit' } })[0]).toContain(
      'runs `npm run unit` in place',
    );
    expect(unit({ options: { commands: ['a', { command: 'b' }] } })[0]).toContain('runs `a && b` in place');
    expect(unit({ executor: 'nx:noop' })[0]).toMatch(/runs `` in place of .*: it passes without doing anything$/);
  });

  test('with other options', () => {
    const options = { command: 'vitest run --project unit packages/orders/', env: { VITEST_SKIP: '1' } };
    expect(unit({ options, outputs: ['{projectRoot}/out'] })).toEqual([
      "orders targets: packages/orders/package.json: the target unit has other options than nx.json's",
      "orders targets: packages/orders/package.json: the target unit has other outputs than nx.json's",
    ]);
  });

  test('that Nx cannot resolve', () => {
    expect(told(aRepository({ tasks: { problem: 'two projects have one name' } }))).toEqual([
      'workspace targets: Nx cannot resolve the targets, so that nothing can be told of them: two projects have one name',
    ]);
  });

  test('nx.json that excuses them', () => {
    const { targetDefaults } = aRepository().nx;
    const lint = { command: 'biome check {projectRoot} || true', cache: true };
    const { lint: _, ...rest } = targetDefaults ?? {};
    expect(told(aRepository({ nx: { targetDefaults: { ...rest, lint } } }))).toContain(
      'workspace targets: nx.json: the target lint passes whatever fails before it: `biome check  || true`',
    );
    expect(told(aRepository({ nx: { targetDefaults: rest } }))).toEqual([
      'workspace targets: nx.json says nothing of the target lint',
    ]);
  });

  test.each([
    ['nx run-many -t lint typecheck unit', 'package.json: the script test does not run integration'],
    [
      'nx run-many -t lint typecheck unit integration --exclude orders',
      'package.json: the script test leaves packages out',
    ],
    [
      'nx run-many -t lint,typecheck,unit,integration || true',
      'package.json: the script test passes whatever fails before it',
    ],
    ['', 'package.json has no script test'],
  ])('the script test: %s', (script, what) => {
    const [root, ...others] = aRepository().packages;
    const manifest = { scripts: { ...root?.manifest.scripts, test: script } };
    const found = told(aRepository({ packages: [{ ...(root as Package), manifest }, ...others] }));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(what);
  });
});

describe('pure', () => {
  const file = 'packages/orders/src/price.test.ts';
  const observation = { file, test: 'a price', activity: 'file', tried: 'write to /x', frame: `${file}:3:1` } as const;
  const run = (changes: Partial<Repository['unitRun']>) =>
    told(aRepository({ unitRun: { ...aRepository().unitRun, exitCode: 1, ...changes } }));

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
    const files = new Map([[file, { passed: false, tests: 1, skipped: [], failures: ['expected 1\nto be 2'] }]]);
    expect(run({ files })).toEqual([
      `orders pure: ${file} fails, so that the guard has not seen all of it: expected 1`,
    ]);
    expect(run({ output: 'first\nboom' })).toEqual([
      'workspace pure: Whether unit tests are pure cannot be told, since the suite fails: first boom',
    ]);
    expect(run({ files: new Map(), exitCode: 0, output: 'no files' })).toEqual([
      'workspace pure: Whether unit tests are pure cannot be told, since the suite fails: no files',
    ]);
  });

  test('a repository that was just made has nothing to run', () => {
    const [root] = aRepository().packages;
    const unitRun = { ...aRepository().unitRun, files: new Map(), exitCode: 1, output: 'No test files found' };
    expect(told(aRepository({ packages: [root as Package], unitRun })).filter((each) => / pure: /.test(each))).toEqual(
      [],
    );
  });

  test('a run without a sign of life of the guard tells nothing', () => {
    expect(run({ alive: new Set(), exitCode: 0 })).toEqual([
      `orders pure: ${file}: whether it is pure cannot be told, since the guard was not at work there`,
    ]);
    const names = ['a', 'b', 'c', 'd'].map((name) => `packages/orders/src/${name}.test.ts`);
    const passed = { passed: true, tests: 1, skipped: [], failures: [] };
    expect(run({ files: new Map(names.map((name) => [name, passed])), exitCode: 0 })).toEqual([
      `workspace pure: vitest.config.ts: whether 4 files of unit tests are pure cannot be told, since the guard was not at work in them, as ${names[0]}`,
    ]);
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
  const network = aSource({ mocks: [{ text: 'vi.stubGlobal(fetch)', line: 1 }], imports: ['nock', 'pg'] });
  expect(told(orders({ sources: new Map([['integration/order.test.ts', network]]) }))).toEqual([
    'orders mocks: packages/orders/integration/order.test.ts:1 mocks the network: vi.stubGlobal(fetch)',
    'orders mocks: packages/orders/integration/order.test.ts uses nock, which puts a double in place of the real part',
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
      [
        'src/dev.ts',
        aSource({ images: [{ text: 'mongo:16', line: 7 }], literals: [{ text: 'a:1', line: 1 }] }),
      ] as const,
      ['integration/old.ts', aSource({ literals: [{ text: 'docker.io/library/postgres:16', line: 2 }] })] as const,
    ]);
    const compose = 'services:\n  db:\n    image: "redis:7" # x\n  other:\n    image: ${IMAGE}:1\n';
    const texts = new Map([
      ['compose.yaml', compose],
      ['start.sh', 'docker run --rm -p 1:1 postgres:17\n'],
    ]);
    const rootTexts = new Map([
      ...aRepository().rootTexts,
      ['.github/workflows/x.yml', 'a:\n  image: postgres:15\n  name: node:24\n'],
    ]);
    const found = told(aRepository({ orders: { sources, texts }, rootTexts })).filter((each) => / images: /.test(each));
    expect(found).toEqual([
      'workspace images: .github/workflows/x.yml:2 names the image postgres:15, where images.json has postgres:18-alpine',
      'orders images: packages/orders/src/dev.ts:7 names the image mongo:16',
      'orders images: packages/orders/integration/old.ts:2 names the image docker.io/library/postgres:16, where images.json has postgres:18-alpine',
      'orders images: packages/orders/compose.yaml:3 names the image redis:7',
      'orders images: packages/orders/start.sh:1 names the image postgres:17, where images.json has postgres:18-alpine',
    ]);
  });

  test('a host with its port is none', () => {
    const literals = [{ text: 'postgres:5432', line: 1 }];
    const sources = new Map([...aPackage().sources, ['src/config.ts', aSource({ literals })] as const]);
    const texts = new Map([['compose.yaml', 'services:\n  app:\n    command:\n      - postgres:5432\n']]);
    expect(told(orders({ sources, texts })).filter((each) => / images: /.test(each))).toEqual([]);
  });
});

test('fixtures: what a generated suite keeps', () => {
  const generated = [
    aGeneratedFolder({ files: [{ path: 'integration/fixtures.ts', made: 'a', now: 'b', today: 'a' }] }),
  ];
  const suite = (...fixtures: ReturnType<typeof aSource>[]) => {
    const using = aSource({ imports: ['./fixtures.ts'], calls: new Set(['fetch']) });
    const sources = new Map([
      ['integration/order.test.ts', using],
      ...fixtures.map((each) => ['integration/fixtures.ts', each] as const),
    ]);
    return told(aRepository({ orders: { sources }, generated }));
  };
  expect(suite(aSource({ createsTest: true }))).toEqual([]);
  expect(suite()).toEqual([
    'orders fixtures: packages/orders/integration/fixtures.ts is gone: the suite has no fixtures of the testkit',
  ]);
  expect(suite(aSource())).toEqual([
    'orders fixtures: packages/orders/integration/fixtures.ts does not make its test by createTest of the testkit from ./needs.ts',
  ]);
  const alone = new Map([...aPackage().sources, ['integration/fixtures.ts', aSource({ createsTest: true })] as const]);
  expect(told(aRepository({ orders: { sources: alone }, generated }))).toEqual([
    'orders fixtures: packages/orders/integration/fixtures.ts is used by none of the integration tests',
  ]);
});
