import type { Plant } from './workspace-of-departures.ts';

const manifest = (targets: Record<string, object>) =>
  JSON.stringify({ name: '@splitlevel/stock', type: 'module', nx: { name: 'stock', targets } }, null, 2);
const adds = "import { expect, test } from 'vitest';\n\ntest('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n";
const STOCK = 'packages/stock';
const empty = { lint: {}, typecheck: {}, unit: {} };

/** Departures of packages: what is done, how, and the beginning of what is to be found. */
export const plantsInPackages: readonly Plant[] = [
  [
    'a target that is missing',
    ({ plant }) => plant(`${STOCK}/package.json`, manifest(empty)),
    `stock targets: ${STOCK}/package.json has no target integration`,
  ],
  [
    'a package without a tsconfig.json',
    ({ plant }) => plant(`${STOCK}/src/main.ts`, 'export {};\n'),
    `stock config: ${STOCK}/tsconfig.json is not there: nothing checks its types`,
  ],
  [
    'a target with the command of another runner',
    ({ replace }) => replace(`${STOCK}/package.json`, '"unit": {}', '"unit": { "command": "jest" }'),
    `stock targets: ${STOCK}/package.json: the target unit runs \`jest\` in place of`,
  ],
  [
    'a target that is not cached',
    ({ replace }) => replace(`${STOCK}/package.json`, '"lint": {}', '"lint": { "cache": false }'),
    `stock caching: ${STOCK}/package.json: the target lint is not cached`,
  ],
  [
    'a target that does nothing',
    ({ replace }) => replace(`${STOCK}/package.json`, '"typecheck": {}', '"typecheck": { "command": "true" }'),
    `stock targets: ${STOCK}/package.json: the target typecheck runs \`true\` in place of nx.json's \`tsc -p ${STOCK}\`: it passes without doing anything`,
  ],
  [
    'an integration suite without a server',
    ({ plant }) => plant(`${STOCK}/integration/price.test.ts`, adds),
    `stock servers: ${STOCK}/integration has tests, and none of them comes to a server`,
  ],
  [
    'a unit test that does I/O, and swallows the refusal',
    ({ plant }) =>
      plant(
        `${STOCK}/src/price.test.ts`,
        "import { writeFileSync } from 'node:fs';\nimport { test } from 'vitest';\ntest('writes', () => {\n  try {\n    writeFileSync('/tmp/never', '');\n  } catch {}\n});\n",
      ),
    `stock pure: ${STOCK}/src/price.test.ts: "writes" tries to write to /tmp/never`,
  ],
  [
    'a unit test that mocks a module',
    ({ plant }) =>
      plant(
        `${STOCK}/src/mock.test.ts`,
        "import { test, vi } from 'vitest';\nvi.mock('./main.ts');\ntest('mocks', () => {});\n",
      ),
    `stock pure: ${STOCK}/src/mock.test.ts: its module scope or a hook tries to mock the module ./main.ts (vi.mock)`,
  ],
  [
    'a unit test that fails',
    ({ plant }) => plant(`${STOCK}/src/red.test.ts`, adds.replace('toBe(2)', 'toBe(3)')),
    `stock pure: ${STOCK}/src/red.test.ts fails, so that the guard has not seen all of it: AssertionError`,
  ],
  [
    'a test where no suite looks',
    ({ plant }) => plant(`${STOCK}/lib/price.test.ts`, adds),
    `stock places: ${STOCK}/lib/price.test.ts is named like a test, and no suite looks here`,
  ],
  ...['price.spec.ts', 'price.it.ts', '__tests__/price.ts', 'price.e2e.tsx', 'price.test.js', 'price_test.ts'].map(
    (name): Plant => [
      `a test by the name ${name}`,
      ({ plant }) => plant(`${STOCK}/src/${name}`, adds),
      `stock places: ${STOCK}/src/${name} is named like a test, and is run by no suite`,
    ],
  ),
  [
    'a test by no such name',
    ({ plant }) => plant(`${STOCK}/src/checks.ts`, adds),
    `stock places: ${STOCK}/src/checks.ts defines a test in line 3, and is run by no suite`,
  ],
  [
    'a test of node:test',
    ({ plant }) =>
      plant('packages/money/src/other.ts', "import { test } from 'node:test';\n\ntest('adds', () => undefined);\n"),
    'money places: packages/money/src/other.ts is a test of another runner, node:test, which no target runs',
  ],
  [
    'a script of another runner',
    ({ replace }) =>
      replace(
        'packages/money/package.json',
        '"type": "module"',
        '"scripts": { "check": "mocha" },\n  "type": "module"',
      ),
    'money places: packages/money/package.json: the script check runs another runner of tests: mocha',
  ],
  [
    'a suite that is skipped',
    ({ replace }) =>
      replace(
        'packages/billing/src/problem.test.ts',
        "import { expect, test } from 'vitest';",
        "import { describe, expect, test } from 'vitest';\n\ndescribe.skip('later', () => {});",
      ),
    'billing skipped: packages/billing/src/problem.test.ts:3 skips tests: describe.skip',
  ],
  [
    'a test that skips itself',
    ({ plant }) =>
      plant(
        'packages/money/src/skip.test.ts',
        "import { test } from 'vitest';\ntest('later', ({ skip }) => skip());\n",
      ),
    'money skipped: packages/money/src/skip.test.ts:2 skips tests: skip(…)',
  ],
  [
    'a test that is skipped in a way that only the run shows',
    ({ plant }) =>
      plant(
        'packages/money/src/hidden.test.ts',
        "import { test } from 'vitest';\nconst how = 'skip';\ntest[how]('later', () => {});\ntest('now', () => {});\n",
      ),
    'money skipped: packages/money/src/hidden.test.ts: the test "later" did not run',
  ],
  [
    'an integration test that runs alone',
    ({ prepend }) => prepend('packages/orders/integration/shutdown.test.ts', "test.only('x', () => {});\n"),
    'orders skipped: packages/orders/integration/shutdown.test.ts:',
  ],
  [
    'an integration test that is expected to fail, by another name',
    ({ plant }) =>
      plant(
        'packages/orders/integration/fails.test.ts',
        "import { test as check } from './fixtures.ts';\ncheck.fails('x', () => { throw new Error(); });\n",
      ),
    'orders skipped: packages/orders/integration/fails.test.ts:2 passes where a test fails: test.fails',
  ],
  [
    'an integration test that mocks a module',
    ({ plant }) =>
      plant(
        'packages/billing/integration/mocked.test.ts',
        "import { test, vi } from 'vitest';\nvi.mock('../src/main.ts');\ntest('mocks', () => {});\n",
      ),
    'billing mocks: packages/billing/integration/mocked.test.ts:2 mocks a module: vi.mock(../src/main.ts)',
  ],
  [
    'an integration test that stubs the network',
    ({ plant }) =>
      plant(
        'packages/billing/integration/stubbed.test.ts',
        "import { test, vi } from 'vitest';\nvi.stubGlobal('fetch', () => undefined);\ntest('stubs', () => {});\n",
      ),
    'billing mocks: packages/billing/integration/stubbed.test.ts:2 mocks the network: vi.stubGlobal(fetch)',
  ],
  [
    'a configuration of its own',
    ({ plant }) => plant(`${STOCK}/vitest.config.ts`, 'export default {};\n'),
    `stock config: ${STOCK}/vitest.config.ts configures what the workspace configures for all`,
  ],
  [
    'rules of the linter of its own',
    ({ plant }) => plant('packages/money/biome.json', '{ "root": false, "linter": { "enabled": false } }\n'),
    'money config: packages/money/biome.json configures what the workspace configures for all',
  ],
  [
    'compiler options that are loosened',
    ({ replace }) =>
      replace(
        'packages/money/tsconfig.json',
        '"extends"',
        '"compilerOptions": { "noUnusedLocals": false },\n  "extends"',
      ),
    'money config: packages/money/tsconfig.json loosens noUnusedLocals: it is false there, and true in the root',
  ],
  [
    'a tsconfig.json that extends nothing',
    ({ plant }) =>
      plant('packages/billing/tsconfig.json', '{ "compilerOptions": { "strict": true }, "include": ["src"] }\n'),
    'billing config: packages/billing/tsconfig.json loosens exactOptionalPropertyTypes',
  ],
  [
    'tests that are not type-checked',
    // The plant above leaves them out.
    () => Promise.resolve(),
    'billing config: packages/billing/tsconfig.json leaves out packages/billing/integration/',
  ],
  [
    'a file without a check of types',
    ({ prepend }) => prepend('packages/orders/src/problem.ts', '// @ts-nocheck\n'),
    'orders config: packages/orders/src/problem.ts:1 switches the compiler off: @ts-nocheck',
  ],
  [
    'a file without a linter',
    ({ prepend }) => prepend('packages/orders/src/config.ts', '// biome-ignore-all lint: later\n'),
    'orders config: packages/orders/src/config.ts:1 switches the linter off: biome-ignore-all',
  ],
  [
    'an image in a compose file',
    ({ plant }) => plant(`${STOCK}/compose.yaml`, 'services:\n  cache:\n    image: redis:7\n'),
    `stock images: ${STOCK}/compose.yaml:3 names the image redis:7, where images.json has redis:8-alpine`,
  ],
  [
    'an image in the code',
    ({ plant }) => plant(`${STOCK}/src/dev.ts`, "export const start = () => new GenericContainer('mongo:7');\n"),
    `stock images: ${STOCK}/src/dev.ts:1 names the image mongo:7`,
  ],
  [
    'another version of a pinned image',
    ({ plant }) => plant(`${STOCK}/src/image.ts`, "export const image = 'postgres:15-alpine';\n"),
    `stock images: ${STOCK}/src/image.ts:1 names the image postgres:15-alpine, where images.json has postgres:18-alpine`,
  ],
  [
    'an image without a version',
    ({ replace }) => replace('images.json', 'testcontainers/ryuk:0.14.0', 'testcontainers/ryuk:latest'),
    'workspace images: images.json names testcontainers/ryuk:latest for ryuk, which is another image every day',
  ],
  [
    'an image that the package does not say',
    ({ replace }) => replace('packages/pricing/package.json', '"wiremock"', '"redis"'),
    'pricing caching: packages/pricing uses the image wiremock, and its package.json leaves it out of the input images',
  ],
  [
    'an edge to the testkit',
    ({ replace }) =>
      replace(
        'packages/pricing/package.json',
        '"devDependencies": {',
        '"devDependencies": {\n    "@splitlevel/testkit": "*",',
      ),
    'pricing caching: packages/pricing/package.json depends on @splitlevel/testkit: every change of it would run the unit suite',
  ],
  [
    'inputs that are cut',
    ({ replace }) =>
      replace(
        'packages/pricing/package.json',
        '"unit": {}',
        '"unit": { "inputs": ["{projectRoot}/src/**/*.test.ts"] }',
      ),
    'pricing caching: packages/pricing/package.json: unit is not hashed by production code',
  ],
  [
    'an input of its own by the name of a shared one',
    ({ replace }) =>
      replace(
        'packages/pricing/package.json',
        '"namedInputs": {',
        '"namedInputs": {\n      "integrationSuite": ["{projectRoot}/src/**"],',
      ),
    'pricing caching: packages/pricing/package.json: integration is not hashed by integration tests',
  ],
  [
    'a target with an environment of its own',
    ({ replace }) =>
      replace(
        'packages/pricing/package.json',
        '"integration": {}',
        '"integration": { "options": { "env": { "X": "1" } } }',
      ),
    "pricing targets: packages/pricing/package.json: the target integration has other options than nx.json's",
  ],
  [
    'a target in a project.json',
    ({ plant }) =>
      plant(
        'packages/orders/project.json',
        '{ "targets": { "unit": { "command": "vitest run --project unit packages/orders/ --passWithNoTests" } } }\n',
      ),
    'orders targets: packages/orders/project.json: the target unit runs `vitest run --project unit packages/orders/ --passWithNoTests`',
  ],
  [
    'a second version of a library',
    ({ replace }) => replace('packages/billing/package.json', '"zod": "4', '"zod": "3'),
    'billing versions: packages/billing/package.json has a second version of zod: 3.',
  ],
  [
    'a second copy in the lockfile',
    ({ replace }) =>
      replace(
        'package-lock.json',
        '    "packages/pricing": {',
        '    "packages/pricing/node_modules/fastify": { "version": "4.0.0" },\n    "packages/pricing": {',
      ),
    'pricing versions: package-lock.json has a second version of fastify for packages/pricing: 4.0.0, where the root has',
  ],
  [
    'fixtures that are no longer made by the testkit',
    ({ replace }) =>
      replace(
        'packages/orders/integration/fixtures.ts',
        'createTest(import.meta.dirname, needs, { failOnFindings: true })',
        'base',
      ),
    'orders fixtures: packages/orders/integration/fixtures.ts does not make its test by createTest of the testkit from ./needs.ts',
  ],
  [
    'an import of what the package does not declare',
    ({ plant }) => plant(`${STOCK}/src/borrowed.ts`, "export type * from '../../money/src/index.ts';\n"),
    `stock declared: ${STOCK}/src/borrowed.ts:1 imports ../../money/src/index.ts, which ${STOCK}/package.json does not declare`,
  ],
];
