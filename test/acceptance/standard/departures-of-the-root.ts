import type { Plant } from './workspace-of-departures.ts';

const WORKFLOW = '.github/workflows/ci.yml';
/** Both suites, as vitest.config.ts has them. */
const PRESET = 'packages/guards/src/suites.ts';
const EXTENDS = '"extends": ["splitlevel/biome.json"]';

/** Departures outside of packages; none hides another. */
export const plantsInTheRoot: readonly Plant[] = [
  [
    'unit tests without their guard',
    ({ replace }) => replace(PRESET, "            setupFiles: [moduleAt('@splitlevel/guards/unit')],\n", ''),
    'workspace pure: vitest.config.ts: whether ',
  ],
  [
    'faults that are refused no more without it',
    () => Promise.resolve(),
    'workspace refused: vitest.config.ts (or the guards of the testkit): the target unit passes a test that opens a socket',
  ],
  [
    'integration tests without their guard, by a guard that does nothing',
    ({ plant }) => plant('packages/guards/src/integration.ts', 'export {};\n'),
    'workspace refused: vitest.config.ts (or the guards of the testkit): the target integration passes a test that mocks a module',
  ],
  [
    'a test that the configuration leaves out',
    ({ replace }) =>
      replace(
        PRESET,
        "            pool: 'threads',",
        "            exclude: ['packages/billing/src/problem.test.ts'],\n            pool: 'threads',",
      ),
    'billing places: packages/billing/src/problem.test.ts is run by no suite: vitest.config.ts leaves it out',
  ],
  [
    'a retry',
    ({ replace }) =>
      replace(PRESET, "            name: 'integration',", "            name: 'integration',\n            retry: 3,"),
    'workspace places: vitest.config.ts sets retry of the project integration: what fails may pass',
  ],
  [
    'errors that nobody handles',
    ({ replace }) =>
      replace(PRESET, '      projects: [', '      dangerouslyIgnoreUnhandledErrors: true,\n      projects: ['),
    'workspace places: vitest.config.ts sets dangerouslyIgnoreUnhandledErrors',
  ],
  [
    'tests that are run again by their tag',
    ({ replace }) =>
      replace(
        PRESET,
        "            name: 'unit',",
        "            name: 'unit',\n            tags: [{ name: 'flaky', retry: 3 }],",
      ),
    'workspace places: vitest.config.ts sets retry for the tag flaky: what fails may pass',
  ],
  [
    'a test that the command leaves out',
    ({ replace }) =>
      replace(
        'nx.json',
        'vitest run --project integration {projectRoot}/',
        'vitest run --project integration --exclude slow {projectRoot}/integration/fails {projectRoot}/integration/mocks {projectRoot}/integration/health',
      ),
    'orders places: packages/orders/integration/',
  ],
  [
    'a command that leaves tests out',
    () => Promise.resolve(),
    'workspace targets: nx.json: the target integration leaves tests out',
  ],
  [
    'suites that pass without tests',
    ({ replace }) =>
      replace(
        'nx.json',
        'vitest run --project unit {projectRoot}/',
        'vitest run --project unit {projectRoot}/ --passWithNoTests',
      ),
    'workspace refused: nx.json: the target unit passes a package without tests',
  ],
  [
    'warnings of the linter that pass',
    ({ replace }) => replace('nx.json', ' --error-on-warnings {projectRoot}', ' {projectRoot}'),
    'workspace refused: nx.json: the target lint passes what the linter warns of',
  ],
  [
    'a target that passes whatever the compiler says',
    ({ replace }) => replace('nx.json', '"tsc -p {projectRoot}"', '"tsc -p {projectRoot} || true"'),
    'workspace refused: nx.json: the target typecheck passes a package that is full of faults',
  ],
  [
    'what such a command is called',
    () => Promise.resolve(),
    'workspace targets: nx.json: the target typecheck passes whatever fails before it',
  ],
  [
    'a cache that does not know the kind of servers',
    ({ replace }) => replace('nx.json', '"images",\n        "runtime"', '"images"'),
    'workspace caching: nx.json: integration is not hashed by the kind of servers',
  ],
  [
    'a cache that does not know the configuration of Vitest',
    ({ replace }) => replace('nx.json', '"{workspaceRoot}/vitest.config.ts",', ''),
    'workspace caching: nx.json: unit is not hashed by vitest.config.ts',
  ],
  [
    'a cache that is not asked',
    ({ prepend }) => prepend('.env', 'NX_SKIP_NX_CACHE=true\n'),
    'workspace caching: .env:1 sets NX_SKIP_NX_CACHE',
  ],
  [
    'a rule of the linter that is off',
    ({ replace }) =>
      replace(
        'biome.json',
        EXTENDS,
        `${EXTENDS},\n  "linter": { "rules": { "nursery": { "noFloatingPromises": "off" } } }`,
      ),
    'workspace refused: biome.json: the target lint passes what noFloatingPromises refuses: noFloatingPromises is off',
  ],
  [
    'the key that switches it off',
    () => Promise.resolve(),
    'workspace config: biome.json switches linter.rules.nursery.noFloatingPromises off',
  ],
  [
    'a package that the linter leaves out',
    ({ replace }) =>
      replace('biome.json', EXTENDS, `${EXTENDS},\n  "files": { "includes": ["**", "!packages/orders/**"] }`),
    'workspace config: biome.json leaves packages/orders/** out',
  ],
  [
    'a script that leaves a suite out',
    ({ replace }) =>
      replace(
        'package.json',
        '"nx run-many -t lint typecheck unit integration"',
        '"nx run-many -t lint typecheck unit"',
      ),
    'workspace targets: package.json: the script test does not run integration',
  ],
  [
    'a job that may fail',
    ({ replace }) => replace(WORKFLOW, '  quick:\n', '  quick:\n    continue-on-error: true\n'),
    `workspace ci: ${WORKFLOW}: the job quick may fail: continue-on-error`,
  ],
  [
    'a step that passes whatever the tests say',
    ({ replace }) => replace(WORKFLOW, 'run: npm run ci -- integration\n', 'run: npm run ci -- integration || true\n'),
    `workspace ci: ${WORKFLOW}: the job integration, step "Run integration tests" passes whatever fails before it`,
  ],
  [
    'a verdict that does not wait for a job',
    ({ replace }) => replace(WORKFLOW, 'needs: [quick, integration', 'needs: [quick'),
    `workspace ci: ${WORKFLOW}: verdict does not need the job integration`,
  ],
  [
    'CI that does not ask for departures',
    ({ replace }) => replace(WORKFLOW, 'run: npm run standard', 'run: echo npm run standard'),
    'workspace ci: .github/workflows: no job runs `npm run standard` on every push',
  ],
  [
    'a job of GitLab that may fail',
    ({ replace }) =>
      replace(
        '.gitlab-ci.yml',
        'integration:\n  stage: integration\n',
        'integration:\n  stage: integration\n  allow_failure: true\n',
      ),
    'workspace ci: .gitlab-ci.yml: the job integration may fail: allow_failure',
  ],
];
