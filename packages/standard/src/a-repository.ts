import type { GeneratedFolder, Package, Repository, Source } from './repository.ts';

/** A repository that keeps to the standard, for the tests of the rules; each changes what it is about. */
export function aRepository(changes: Partial<Repository> & { readonly orders?: Partial<Package> } = {}): Repository {
  const { orders, ...rest } = changes;
  const suite = (...inputs: unknown[]) => ({ cache: true, inputs });
  return {
    packages: [aPackage({ name: 'workspace', folder: '.', manifest: {}, files: [] }), aPackage(orders)],
    nx: {
      targetDefaults: {
        lint: suite(),
        typecheck: suite(),
        unit: suite('unitSuite', '^logic', 'toolchain'),
        integration: suite(
          'integrationSuite',
          '^production',
          'toolchain',
          { projects: ['testkit'], input: 'production' },
          'images',
          'runtime',
        ),
      },
    },
    images: { postgres: 'postgres:18-alpine', wiremock: 'wiremock/wiremock:3.13.2' },
    misplaced: [],
    unitRun: { files: new Map(), observations: [], exitCode: 0, output: '' },
    generated: [],
    ...rest,
  };
}

/** A service with both suites. */
export function aPackage(changes: Partial<Package> = {}): Package {
  return {
    name: 'orders',
    folder: 'packages/orders',
    manifest: { nx: { targets: { lint: {}, typecheck: {}, unit: {}, integration: {} } } },
    files: ['src/main.ts', 'src/price.test.ts', 'integration/order.test.ts'],
    sources: new Map([['integration/order.test.ts', aSource({ calls: new Set(['fetch']) })]]),
    texts: new Map([['tsconfig.json', '{ "extends": "../../tsconfig.json" }']]),
    ...changes,
  };
}

export function aSource(changes: Partial<Source> = {}): Source {
  return { imports: [], calls: new Set(), mocks: [], images: [], ...changes };
}

/** A folder that a generator made, with a file that is as it was made. */
export function aGeneratedFolder(changes: Partial<GeneratedFolder> = {}): GeneratedFolder {
  return {
    package: 'orders',
    folder: 'packages/orders',
    generator: 'service',
    owned: [],
    problem: undefined,
    files: [{ path: 'src/price.ts', made: 'a', now: 'a', today: 'a' }],
    ...changes,
  };
}
