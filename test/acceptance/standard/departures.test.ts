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

test('what is its owner’s to change is no departure', async () => {
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
      .map((name) => expect.stringMatching(`^packages/${name}: the template of service is newer: src/logging.ts$`)),
  });
  await workspace.restore();
});

describe.each<[string, readonly Plant[], RegExp]>([
  // What a plant has besides: a test that two suites of faults see, the file of a plant that another rule names too.
  [
    'packages',
    plantsInPackages,
    /^(stock|money|billing|orders|pricing) (pure|places|caching|config|servers|targets|declared): |^testkit pure: packages\/testkit\/src\/guards\/misplaced-tests\.test\.ts /,
  ],
  ['the root', plantsInTheRoot, /^(workspace (pure|places|refused|targets|caching|ci): |[a-z]+ (caching|places): )/],
])('planted in %s, all of them at once', (_, plants, consequences) => {
  let found: Awaited<ReturnType<Departures['report']>>;
  beforeAll(async () => {
    for (const [, plant] of plants) await plant(workspace);
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
    expect(unplanted(found.findings, plants).filter((each) => !consequences.test(each))).toEqual([]);
  });
});

test('at least 60 are planted', () => {
  expect(plantsInPackages.length + plantsInTheRoot.length).toBeGreaterThanOrEqual(60);
});

test('what cannot be told is no verdict', async () => {
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
});
