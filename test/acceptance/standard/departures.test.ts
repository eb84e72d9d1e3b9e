import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

interface Report {
  readonly ok: boolean;
  readonly packages: readonly {
    readonly name: string;
    readonly findings: readonly { readonly rule: string; readonly what: string; readonly todo: string }[];
  }[];
}

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
  // Packages that lie beside the example come from nowhere: npm has not linked them, and need not.
  for (const command of [
    'service orders --database none',
    'service billing --database none',
    'library money',
    'stub exchange-rates --package billing',
    'stub tax-rates --package billing',
  ]) {
    const { code, stderr } = await workspace.run('plop', [...command.split(' '), '--yes', '--no-install']);
    expect(code, stderr).toBe(0);
  }
}, 120_000);
afterAll(() => workspace.remove());

const standard = (...args: string[]) => workspace.run('node', ['packages/standard/src/main.ts', ...args]);

async function report(): Promise<{ code: number; findings: string[] }> {
  const { code, stdout, stderr } = await standard('--json');
  expect(stderr).toBe('');
  const { ok, packages } = JSON.parse(stdout) as Report;
  expect(ok).toBe(code === 0);
  const findings = packages.flatMap(({ name, findings: own }) =>
    own.map(({ rule, what, todo }) => {
      expect(todo).toMatch(/\w.*\.$|npm run standard -- --own \S+$/);
      return `${name} ${rule}: ${what}`;
    }),
  );
  return { code, findings };
}

/** Changes a file, exactly where it is expected to be changed. */
async function replace(path: string, from: string, to: string): Promise<void> {
  const text = await workspace.read(path);
  expect(text.split(from), `${from} in ${path}`).toHaveLength(2);
  await workspace.write(
    path,
    text.replace(from, () => to),
  );
}

async function prepend(path: string, text: string): Promise<void> {
  await workspace.write(path, text + (await workspace.read(path)));
}

const handWritten = (targets: Record<string, object>, more: object = {}) =>
  JSON.stringify({ name: '@splitlevel/stock', type: 'module', ...more, nx: { name: 'stock', targets } }, null, 2);
const pure = "import { expect, test } from 'vitest';\ntest('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n";

/** One departure each: what is done, and what is to be found. */
const plants: readonly [what: string, plant: () => Promise<void>, found: string][] = [
  [
    'a target that is missing',
    () => workspace.write('packages/stock/package.json', handWritten({ lint: {}, typecheck: {}, unit: {} })),
    'stock targets: packages/stock/package.json has no target integration',
  ],
  [
    'a target with a command of its own',
    () => replace('packages/stock/package.json', '"unit": {}', '"unit": { "command": "jest" }'),
    'stock targets: packages/stock/package.json has its own command for the target unit',
  ],
  [
    'a target that is not cached',
    () => replace('packages/stock/package.json', '"lint": {}', '"lint": { "cache": false }'),
    'stock caching: packages/stock/package.json overrides cache of lint',
  ],
  [
    'an integration suite without a server',
    () => workspace.write('packages/stock/integration/price.test.ts', pure),
    'stock servers: packages/stock/integration has tests, and none of them comes to a server: no need, no connection, nothing that listens',
  ],
  [
    'a unit test that does I/O',
    () =>
      workspace.write(
        'packages/stock/src/price.test.ts',
        "import { writeFileSync } from 'node:fs';\nimport { test } from 'vitest';\ntest('writes', () => {\n  try {\n    writeFileSync('/tmp/never', '');\n  } catch {}\n});\n",
      ),
    'stock pure: packages/stock/src/price.test.ts: "writes" tries to write to /tmp/never',
  ],
  [
    'a unit test that mocks a module',
    () =>
      workspace.write(
        'packages/stock/src/mock.test.ts',
        "import { test, vi } from 'vitest';\nvi.mock('./main.ts');\ntest('mocks', () => {});\n",
      ),
    'stock pure: packages/stock/src/mock.test.ts: its module scope or a hook tries to mock the module ./main.ts (vi.mock)',
  ],
  [
    'a unit test that fails',
    () => workspace.write('packages/stock/src/red.test.ts', pure.replace('toBe(2)', 'toBe(3)')),
    'stock pure: packages/stock/src/red.test.ts fails, so that the guard has not seen all of it: AssertionError: expected 2 to be 3 // Object.is equality',
  ],
  [
    'a service without a tsconfig.json',
    () => workspace.write('packages/stock/src/main.ts', 'export {};\n'),
    'stock config: packages/stock has no tsconfig.json',
  ],
  [
    'a test where no suite looks',
    () => workspace.write('packages/stock/lib/price.test.ts', pure),
    'stock places: packages/stock/lib/price.test.ts: no suite looks here',
  ],
  [
    'a test with another name',
    () => workspace.write('packages/stock/src/price.spec.ts', pure),
    'stock places: packages/stock/src/price.spec.ts: test files are named *.test.ts here',
  ],
  [
    'a configuration of its own',
    () => workspace.write('packages/stock/vitest.config.ts', 'export default {};\n'),
    'stock config: packages/stock/vitest.config.ts configures what the workspace configures for all',
  ],
  [
    'an image in a compose file',
    () => workspace.write('packages/stock/compose.yaml', 'services:\n  cache:\n    image: redis:7\n'),
    'stock images: packages/stock/compose.yaml:3 names the image redis:7',
  ],
  [
    'an image in the code',
    () => workspace.write('packages/stock/src/dev.ts', "export const start = () => new GenericContainer('redis:7');\n"),
    'stock images: packages/stock/src/dev.ts:1 names the image redis:7',
  ],
  [
    'an image without a version',
    () => replace('images.json', 'testcontainers/ryuk:0.14.0', 'testcontainers/ryuk:latest'),
    'workspace images: images.json names testcontainers/ryuk:latest for ryuk, which is another image every day',
  ],
  [
    'a caching rule that nx.json has lost',
    () => replace('nx.json', '"images",\n        "runtime"', '"images"'),
    'workspace caching: nx.json leaves "runtime" out of what integration is hashed by: a change of it would be answered by the cache',
  ],
  [
    'an integration test that mocks a module',
    () =>
      workspace.write(
        'packages/billing/integration/mocked.test.ts',
        "import { test, vi } from 'vitest';\nvi.mock('../src/main.ts');\ntest('mocks', () => {});\n",
      ),
    'billing mocks: packages/billing/integration/mocked.test.ts:2 mocks a module: vi.mock(../src/main.ts)',
  ],
  [
    'a generated file that was edited',
    () => replace('packages/billing/Dockerfile', 'USER node', 'USER root'),
    'billing edited: packages/billing/Dockerfile was edited since service made it',
  ],
  [
    'a generated file that was deleted',
    () => workspace.run('rm', ['packages/billing/src/logging.test.ts']).then(() => undefined),
    'billing edited: packages/billing/src/logging.test.ts was deleted since service made it',
  ],
  [
    'a template that is newer',
    () => prepend('templates/service/base/src/logging.ts', '// Newer.\n'),
    'orders newer: packages/orders/src/logging.ts: the template is newer than the file',
  ],
  [
    'a template that makes one file more',
    () => workspace.write('templates/service/stateless/src/more.ts', 'export const more = 1;\n'),
    'orders newer: packages/orders/src/more.ts: the template makes this file now',
  ],
  [
    'an image that the package does not say',
    () => replace('packages/pricing/package.json', '"wiremock"', '"postgres"'),
    'pricing caching: packages/pricing uses the image wiremock, and its package.json leaves it out of the input images',
  ],
  [
    'an import of what the package does not declare',
    () => workspace.write('packages/stock/src/borrowed.ts', "export type * from '../../money/src/index.ts';\n"),
    'stock declared: packages/stock/src/borrowed.ts:1 imports ../../money/src/index.ts, which packages/stock/package.json does not declare',
  ],
  [
    'an edge to the testkit',
    () =>
      replace(
        'packages/pricing/package.json',
        '"dependencies": {',
        '"devDependencies": { "@splitlevel/testkit": "*" },\n  "dependencies": {',
      ),
    'pricing caching: packages/pricing/package.json depends on @splitlevel/testkit: every change of it would run the unit suite',
  ],
];

test('a repository with a package of each kind keeps to the standard, and says so in a table', {
  timeout: 120_000,
}, async () => {
  expect(await report()).toEqual({ code: 0, findings: [] });
  const { code, stdout } = await standard();
  expect(code).toBe(0);
  expect(stdout).toMatch(/pricing +(\d+)\/\1 +all holds\n[\s\S]*The repository keeps to the standard\.\n$/);
});

describe('planted departures, all of them at once', () => {
  let found: Awaited<ReturnType<typeof report>>;
  beforeAll(async () => {
    for (const [, plant] of plants) await plant();
    found = await report();
  }, 120_000);

  test('are at least 15, and fail the command', () => {
    expect(plants.length).toBeGreaterThanOrEqual(15);
    expect(found.code).toBe(1);
  });

  test.each(plants)('%s', (_, __, finding) => {
    expect(found.findings).toContain(finding);
  });

  test('nothing else is reported, but what follows from them', () => {
    const consequences = [
      // The same changed template was copied into each service, and the edited package.json of the example was generated.
      /^(billing|pricing) newer: packages\/(billing|pricing)\/src\/(logging|more)\.ts: /,
      /^pricing edited: packages\/pricing\/package\.json was edited/,
      // The testkit has a test of its own that finds misplaced tests.
      /^testkit pure: packages\/testkit\/src\/guards\/misplaced-tests\.test\.ts fails/,
    ];
    const planted = plants.map(([, , finding]) => finding);
    const rest = found.findings.filter((each) => !planted.includes(each));
    expect(rest.filter((each) => !consequences.some((pattern) => pattern.test(each)))).toEqual([]);
  });
});

test('files that their owner takes over are no departures any more', { timeout: 120_000 }, async () => {
  const record = await workspace.read('packages/billing/.splitlevel.json');
  const taken = await standard('--own', 'packages/billing/');
  expect(taken).toMatchObject({ code: 0, stdout: '4 files are entered as yours in the record.\n' });
  const { owned, ...rest } = JSON.parse(await workspace.read('packages/billing/.splitlevel.json'));
  expect(owned).toEqual(['Dockerfile', 'src/logging.test.ts', 'src/logging.ts', 'src/more.ts']);
  expect(rest).toEqual(JSON.parse(record));
  const { findings } = await report();
  expect(findings.filter((each) => /^billing (edited|newer)/.test(each))).toEqual([]);
  expect(await standard('--own', 'packages/nothing')).toMatchObject({ code: 1 });
});

test('what cannot be told is no verdict', { timeout: 120_000 }, async () => {
  const nx = await workspace.read('nx.json');
  await workspace.write('nx.json', '{ broken');
  expect(await standard()).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('nx.json is not JSON'),
  });
  await workspace.write('nx.json', nx);
  expect(await standard('--jsn')).toMatchObject({ code: 2, stderr: expect.stringContaining("Unknown option '--jsn'") });
});
