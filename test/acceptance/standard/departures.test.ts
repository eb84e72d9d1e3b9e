import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantsInPackages } from './departures-of-packages.ts';
import { plantsInTheRoot } from './departures-of-the-root.ts';
import { createDepartures, type Departures, type Plant, unplanted } from './workspace-of-departures.ts';

let workspace: Departures;
beforeAll(async () => {
  workspace = await createDepartures();
}, 120_000);
afterAll(() => workspace.remove());

test('a repository with a package of each kind keeps to the standard, and says so in a table', async () => {
  expect(await workspace.report()).toEqual({ code: 0, findings: [], information: [] });
  const { code, stdout, stderr } = await workspace.standard();
  expect(code).toBe(0);
  expect(stdout).toMatch(/pricing +(\d+)\/\1 +all holds\n[\s\S]*The repository keeps to the standard\.\n$/);
  expect(stderr).toMatch(/^(\S.*…( \d+ s)?\n)+$/);
});

test('what is its owner’s to change is not a departure', async () => {
  await workspace.replace(
    'packages/billing/package.json',
    '"dependencies": {',
    '"dependencies": {\n    "left-pad": "1.3.0",',
  );
  await workspace.prepend('packages/money/src/index.ts', '/** Mine. */\nexport const mine = 1;\n');
  await workspace.prepend('packages/billing/README.md', 'Ours.\n\n');
  await workspace.replace('packages/billing/Dockerfile', 'USER node', 'USER 1000');
  await workspace.replace(
    'packages/billing/src/problem.test.ts',
    "import { expect, test } from 'vitest';",
    "import { expect, test } from 'vitest';\n\ntest('mine', () => expect(1).toBe(1));",
  );
  await workspace.prepend('packages/pricing/migrations/0001-products.ts', '// Ours.\n');
  await workspace.plant('packages/pricing/migrations/0003-more.ts', 'export {};\n');
  await workspace.plant(
    'packages/pricing/integration/stubs/exchange-rates/more.json',
    '{ "request": {}, "response": {} }\n',
  );
  await workspace.prepend('packages/pricing/integration/fixtures.ts', '// Ours.\n');
  await workspace.run('rm', ['packages/orders/integration/log.test.ts']);
  expect(await workspace.report()).toEqual({ code: 0, findings: [], information: [] });
  await workspace.restore();
});

test('a newer template is told, and no departure', async () => {
  await workspace.prepend('templates/service/base/src/logging.ts', '// Newer.\n');
  expect(await workspace.report()).toEqual({
    code: 0,
    findings: [],
    information: ['orders', 'billing', 'pricing']
      .toSorted()
      .map((name) =>
        expect.stringMatching(
          `^packages/${name}: the templates are newer than version .* of service, by 1 file \\(src/logging.ts\\): npx plop update --package ${name}$`,
        ),
      ),
  });
  await workspace.restore();
});

describe.each<[string, readonly Plant[], readonly RegExp[]]>([
  [
    'packages',
    plantsInPackages,
    [
      // Every strict option is lost by the tsconfig.json that extends nothing.
      /^billing config: packages\/billing\/tsconfig\.json loosens \w+: it is off there, and true in the root$/,
      // The test of another runner defines a test, too.
      /^money places: packages\/money\/src\/other\.ts defines a test in line 3,/,
      // Cut inputs miss several parts, and unit tests may not load what is not an input.
      /^pricing caching: packages\/pricing\/package\.json: (unit|integration) is (not )?hashed by /,
      /^pricing pure: packages\/pricing\/src\/\S+\.test\.ts fails, .* imports vitest, /,
      // A command in place of nx.json's executor loses the rest of its entry.
      /^\w+ caching: packages\/\w+\/package\.json: the target (unit|typecheck) is not cached: /,
      // Only tests may import vitest, and by these names a file is none.
      /^stock declared: packages\/stock\/src\/(checks|price\.it|price_test|price\.e2e)\.tsx?:1 imports vitest,/,
    ],
  ],
  [
    'the root',
    plantsInTheRoot,
    [
      // Without the guard all that it refuses passes.
      /^workspace refused: vitest\.config\.ts .*: the target (unit|integration) passes a test that /,
      /^workspace targets: nx\.json: the target unit passes without tests: /,
      /^workspace caching: nx\.json: integration is not hashed by vitest\.config\.ts: /,
      /^workspace ci: \S+: the job quick, step "Ask for departures from the standard" passes without doing anything: /,
      // The command that leaves tests out is that of all packages.
      /^\w+ places: \S+ (and \d+ more are|is) left out by nx\.json's command of integration$/,
      // The root's own is that of nx.json too.
      /^workspace targets: package\.json: the target typecheck passes whatever fails before it: /,
    ],
  ],
])('planted in %s, all of them at once', (_, plants, consequences) => {
  let found: Awaited<ReturnType<Departures['report']>>;
  beforeAll(async () => {
    for (const [, plant] of plants) {
      await plant(workspace);
    }
    found = await workspace.report();
  }, 180_000);
  afterAll(() => workspace.restore());

  test('they fail the command', () => {
    expect(found.code).toBe(1);
  });

  test.each(plants)('%s', (_what, _plant, finding) => {
    expect(found.findings.filter((each) => each.startsWith(finding))).not.toEqual([]);
  });

  test('nothing is reported that they do not explain', () => {
    expect(
      unplanted(found.findings, plants).filter((each) => !consequences.some((pattern) => pattern.test(each))),
    ).toEqual([]);
  });
});

test('at least 60 are planted', () => {
  expect(plantsInPackages.length + plantsInTheRoot.length).toBeGreaterThanOrEqual(60);
});

test('what cannot be told is not a verdict', async () => {
  const nx = await workspace.read('nx.json');
  await workspace.write('nx.json', '{ broken');
  expect(await workspace.standard()).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('nx.json is not JSON'),
  });
  await workspace.write('nx.json', nx);
  expect(await workspace.standard('--own', 'packages/orders')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Unknown option '--own'"),
  });
  const TMPDIR = `${workspace.root}/not-there`;
  expect(await workspace.run('node', ['packages/standard/src/main.ts'], { environment: { TMPDIR } })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Nothing can be told, .*not-there.*\nLet TMPDIR name a folder .*\n$/),
  });
  const full = ['--import', join(import.meta.dirname, 'full-disk.ts'), 'packages/standard/src/main.ts'];
  expect(await workspace.run('node', full)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^Nothing can be told, .*: ENOSPC: no space left on device.*\nLet TMPDIR name a .*\n$/,
    ),
  });
});
