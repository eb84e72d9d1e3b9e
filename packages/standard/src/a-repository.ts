import { knownFaults } from './effects/known-faults.ts';
import { exitCode, nameOf, noTests, TARGETS, WARNING } from './effects/send-faults.ts';
import type { GeneratedFolder, NxTasks, Package, Repository, Source, Task } from './repository.ts';

const DEFAULTS = {
  lint: 'biome check {projectRoot}',
  typecheck: 'tsc -p {projectRoot}',
  unit: 'vitest run --project unit {projectRoot}/',
  integration: 'vitest run --project integration {projectRoot}/',
} as const;

/** A repository that keeps to the standard, for the tests of the rules; each changes what it is about. */
export function aRepository(changes: Partial<Repository> & { readonly orders?: Partial<Package> } = {}): Repository {
  const { orders, ...rest } = changes;
  const root = aPackage({
    name: 'workspace',
    folder: '.',
    files: [],
    sources: new Map(),
    manifest: {
      scripts: {
        test: 'nx run-many -t lint typecheck unit integration',
        ci: 'node packages/ci/bin/ci.js',
        standard: 'node packages/standard/src/main.ts',
      },
    },
  });
  const targetDefaults = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, command]) => [name, { command, cache: true }]),
  );
  const names = [
    ...knownFaults.map(nameOf),
    ...TARGETS.map(exitCode),
    WARNING,
    ...(['unit', 'integration'] as const).map(noTests),
  ];
  return {
    packages: [root, aPackage(orders)],
    nx: { targetDefaults },
    tasks: { value: tasks(aPackage(orders)) },
    suites: {
      value: {
        tests: {
          'packages/orders/src/price.test.ts': ['unit'],
          'packages/orders/integration/order.test.ts': ['integration'],
        },
        left: {},
        loose: [],
      },
    },
    faults: { value: new Map(names.map((name) => [name, 'refused'])) },
    images: { postgres: 'postgres:18-alpine', wiremock: 'wiremock/wiremock:3.13.2' },
    lockfile: { file: 'package-lock.json', entries: {} },
    rootTexts: new Map([
      ['biome.json', '{}'],
      [
        '.gitlab-ci.yml',
        'all:\n  script:\n    - npm run ci -- quick\n    - npm run ci -- integration\n    - npm run standard\n',
      ],
    ]),
    unitRun: {
      files: new Map([['packages/orders/src/price.test.ts', { passed: true, tests: 1, skipped: [], failures: [] }]]),
      observations: [],
      alive: new Set(['packages/orders/src/price.test.ts']),
      exitCode: 0,
      output: '',
    },
    generated: [],
    replaced: [],
    ...rest,
  };
}

function tasks(orders: Package): NxTasks {
  const all = Object.entries(DEFAULTS).map(([target, command]) => [
    `orders:${target}`,
    aTask({ options: { command: command.replace('{projectRoot}', 'packages/orders') }, ...inputs(target, orders) }),
  ]);
  return { tasks: Object.fromEntries(all), edges: { orders: [] } };
}

function inputs(target: string, { files }: Package): Partial<Task> {
  const other = { unit: /^integration\//, integration: /^src\/.*\.test\./ }[target];
  const own = files.filter((path) => !other?.test(path)).map((path) => `packages/orders/${path}`);
  return { files: [...own, 'vitest.config.ts', 'biome.json', 'tsconfig.json', 'images.json'] };
}

export function aTask(changes: Partial<Task> = {}): Task {
  return {
    executor: 'nx:run-commands',
    options: {},
    cache: true,
    outputs: [],
    dependsOn: [],
    files: [],
    external: ['vitest', 'typescript', '@biomejs/biome', '@splitlevel/guards', '@splitlevel/testkit'].map(
      (name) => `npm:${name}`,
    ),
    runtime: ['node packages/testkit/src/servers/runtime-identity.ts'],
    ...changes,
  };
}

/** A service with both suites. */
export function aPackage(changes: Partial<Package> = {}): Package {
  const files = ['src/main.ts', 'src/price.test.ts', 'integration/order.test.ts'];
  return {
    name: 'orders',
    folder: 'packages/orders',
    manifest: { nx: { targets: { lint: {}, typecheck: {}, unit: {}, integration: {} } } },
    files,
    sources: new Map([
      ['src/main.ts', aSource()],
      ['src/price.test.ts', aSource()],
      ['integration/order.test.ts', aSource({ calls: new Set(['fetch']) })],
    ]),
    texts: new Map(),
    compiler: { options: { strict: true }, files: new Set(changes.files ?? files) },
    ...changes,
  };
}

export function aSource(changes: Partial<Source> = {}): Source {
  return {
    imports: [],
    references: [],
    calls: new Set<string>(),
    mocks: [],
    images: [],
    skips: [],
    tests: [],
    silences: [],
    literals: [],
    createsTest: false,
    ...changes,
  };
}

/** A folder that a generator made, with a file that is as it was made. */
export function aGeneratedFolder(changes: Partial<GeneratedFolder> = {}): GeneratedFolder {
  return {
    package: 'orders',
    folder: 'packages/orders',
    generator: 'service',
    version: '1.0.0',
    problem: undefined,
    files: [{ path: 'src/price.ts', made: 'a', now: 'a', today: 'a' }],
    ...changes,
  };
}
