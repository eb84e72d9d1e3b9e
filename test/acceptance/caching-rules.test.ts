import { join } from 'node:path';
import { judgeOf, type Target } from '@splitlevel/guards/judge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sample } from '../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';
import { setCommand } from '../set-command.ts';

// beta depends on alpha; gamma on neither. alpha alone uses kysely and the image of PostgreSQL, gamma alone zod and
// WireMock's.
const packages = {
  alpha: { dependencies: { kysely: '*' }, image: 'postgres' },
  beta: { dependencies: { '@splitlevel/alpha': '*' }, image: 'postgres' },
  gamma: { dependencies: { zod: '*' }, image: 'wiremock' },
};
const targets = ['lint', 'typecheck', 'unit', 'integration'];
const allOf = (...names: string[]) => names.flatMap((name) => targets.map((target) => `${name}:${target}`));
const ofAll = (...names: string[]) =>
  names.flatMap((target) => Object.keys(packages).map((name) => `${name}:${target}`));

let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  for (const [name, { dependencies, image }] of Object.entries(packages)) {
    await workspace.write(
      `packages/${name}/package.json`,
      JSON.stringify({
        name: `@splitlevel/${name}`,
        version: '0.0.0',
        dependencies,
        nx: {
          name,
          namedInputs: { images: [{ json: '{workspaceRoot}/images.json', fields: [image] }] },
          targets: Object.fromEntries(targets.map((target) => [target, {}])),
        },
      }),
    );
    for (const path of [
      'src/price.ts',
      'src/price.test.ts',
      'src/prompts/offer.md',
      'integration/price.test.ts',
      'README.md',
      'docs/a.md',
    ]) {
      await workspace.write(`packages/${name}/${path}`, 'first');
    }
    await workspace.write(`packages/${name}/migrations/0001.ts`, 'first');
    await workspace.write(`packages/${name}/.env`, `NAME=${name}`);
    await workspace.write(`packages/${name}/integration/stubs/rates/rate.json`, '{}');
  }
  await workspace.write(
    'packages/testkit/src/servers/runtime-identity.ts',
    'console.log(process.env.TESTKIT_RUNTIME, process.env.TESTKIT_POSTGRES_URL ? Date.now():1)',
  );
  await append('.gitignore', '/packages/*/.env\n')();
  for (const path of ['testkit/src/index.ts', 'guards/src/unit.ts', 'openapi/src/index.ts']) {
    await workspace.write(`packages/${path}`, '//');
  }
  // The rules are nx.json's own; only the commands are replaced, by one that takes no time.
  await edit('nx.json', (nx) => {
    for (const target of targets) {
      setCommand(nx, target, 'node --version');
    }
  });
  await tasksThatRan();
  expect(await tasksThatRan(), 'an unchanged workspace is answered by the cache').toEqual([]);
});
afterAll(() => workspace.remove());

/** The tasks of a run over all packages that the cache did not answer, by Nx's own report of the run. */
async function tasksThatRan(environment: Record<string, string> = {}): Promise<string[]> {
  const outcome = await workspace.run('nx', ['run-many', '-t', ...targets, '-p', ...Object.keys(packages)], {
    environment: { TESTKIT_RUNTIME: 'containers', ...environment },
  });
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0);
  const report: { tasks: { taskId: string; cacheStatus: string }[] } = JSON.parse(
    await workspace.read('.nx/cache/run.json'),
  );
  expect(report.tasks).toHaveLength(targets.length * Object.keys(packages).length);
  return report.tasks.filter((task) => task.cacheStatus === 'cache-miss').map((task) => task.taskId);
}

// biome-ignore lint/suspicious/noExplicitAny: JSON whose shape Nx and npm define
async function edit(path: string, change: (document: any) => void): Promise<void> {
  const document = JSON.parse(await workspace.read(path));
  change(document);
  await workspace.write(path, JSON.stringify(document, null, 2));
}

const append =
  (path: string, text = '\n// changed\n') =>
  async () =>
    workspace.write(path, `${await workspace.read(path)}${text}`);

const upgrade = (name: string) => () =>
  edit('package-lock.json', (lock) =>
    Object.assign(lock.packages[`node_modules/${name}`], { integrity: 'sha512-new' }),
  );

const changes: readonly (readonly [what: string, change: () => Promise<void>, tasks: readonly string[]])[] = [
  [
    'production source',
    append('packages/alpha/src/price.ts'),
    [...allOf('alpha'), 'beta:typecheck', 'beta:unit', 'beta:integration'],
  ],
  ['a unit test', append('packages/alpha/src/price.test.ts'), ['alpha:lint', 'alpha:typecheck', 'alpha:unit']],
  [
    'an integration test',
    append('packages/alpha/integration/price.test.ts'),
    ['alpha:lint', 'alpha:typecheck', 'alpha:integration'],
  ],
  [
    'a stub',
    () => workspace.write('packages/alpha/integration/stubs/rates/rate.json', '{"changed":1}'),
    ['alpha:lint', 'alpha:typecheck', 'alpha:integration'],
  ],
  [
    'a migration',
    append('packages/alpha/migrations/0001.ts'),
    ['alpha:lint', 'alpha:typecheck', 'alpha:integration', 'beta:typecheck', 'beta:integration'],
  ],
  ['a README', append('packages/alpha/README.md'), ['alpha:lint']],
  ['a document', append('packages/alpha/docs/a.md'), ['alpha:lint']],
  [
    'a file of production code in Markdown',
    append('packages/alpha/src/prompts/offer.md'),
    ['alpha:lint', 'alpha:unit', 'alpha:integration', 'beta:typecheck', 'beta:unit', 'beta:integration'],
  ],
  [
    'a stub whose body is Markdown',
    () => workspace.write('packages/alpha/integration/stubs/rates/__files/letter.md', 'new'),
    ['alpha:lint', 'alpha:integration'],
  ],
  [
    'a new file of a kind that nobody thought of',
    () => workspace.write('packages/alpha/rules/discounts.xyz', 'new'),
    [...allOf('alpha'), 'beta:typecheck', 'beta:unit', 'beta:integration'],
  ],
  ['what Nx reads into the environment of tasks', append('.env', '\nSTAGE=test\n'), ofAll(...targets)],
  ['the same of a target, for one machine', () => workspace.write('.env.unit.local', 'STAGE=test'), ofAll(...targets)],
  ['the same, ignored by git', append('packages/alpha/.env', '\nSTAGE=test\n'), ofAll(...targets)],
  ["Vitest's configuration", append('vitest.config.ts'), ofAll('unit', 'integration')],
  ['its preset', append('packages/splitlevel/src/vitest.ts'), ofAll('unit', 'integration')],
  ['the shared rules of the linter', append('packages/splitlevel/shared/linter.json', '\n'), ofAll('lint')],
  [
    'the shared options of the compiler',
    append('packages/splitlevel/shared/tsconfig.json', '\n'),
    ofAll('typecheck', 'unit', 'integration'),
  ],
  ['what runs packages together', append('packages/splitlevel/src/batch/task.ts'), ofAll('lint', 'typecheck')],
  ["the testkit's source", append('packages/testkit/src/index.ts'), ofAll('typecheck', 'integration')],
  ['the guards', append('packages/guards/src/unit.ts'), ofAll('typecheck', 'unit', 'integration')],
  [
    'the pinned image of PostgreSQL',
    () => edit('images.json', (images) => Object.assign(images, { postgres: 'postgres:17-alpine' })),
    ['alpha:integration', 'beta:integration'],
  ],
  [
    'the pinned image of WireMock',
    () => edit('images.json', (images) => Object.assign(images, { wiremock: 'wiremock/wiremock:3.0.0' })),
    ['gamma:integration'],
  ],
  ['an npm dependency that only gamma uses', upgrade('zod'), ['gamma:typecheck', 'gamma:unit', 'gamma:integration']],
  [
    'an npm dependency that only alpha uses, and beta through it',
    upgrade('kysely'),
    ['alpha', 'beta'].flatMap((name) => ['typecheck', 'unit', 'integration'].map((target) => `${name}:${target}`)),
  ],
];

test.for(sample('changes', changes, 1 / 3, ([what]) => what))(
  'a change of %s runs exactly what it can break',
  async ([_, change, tasks]) => {
    await change();
    expect((await tasksThatRan()).sort()).toEqual(tasks.toSorted());
    expect(await tasksThatRan(), 'and nothing the second time').toEqual([]);
  },
);

test('a run on embedded servers is never replayed as a run on containers, nor the other way round', async () => {
  expect((await tasksThatRan({ TESTKIT_RUNTIME: 'embedded' })).sort()).toEqual(ofAll('integration').sort());
  expect(await tasksThatRan({ TESTKIT_RUNTIME: 'containers' }), 'the run on containers is still known').toEqual([]);
});

test('a run on a server that a URL names is never answered by the cache', async () => {
  const environment = { TESTKIT_POSTGRES_URL: 'postgres://postgres:secret@127.0.0.1:5432/postgres' };
  await tasksThatRan(environment);
  expect((await tasksThatRan(environment)).sort()).toEqual(ofAll('integration').sort());
});

/** Paths of every kind; those that alpha, beta or gamma's suites have as inputs are told by Nx and by the guard. */
const paths = [
  ...['alpha', 'beta', 'gamma'].flatMap((name) =>
    [
      'src/price.ts',
      'src/price.test.ts',
      'src/prompts/offer.md',
      'src/.hidden',
      'src/data.json',
      'src/docs/x.md',
      'integration/price.test.ts',
      'integration/stubs/rates/rate.json',
      'integration/notes.md',
      'migrations/0001.ts',
      'README.md',
      'docs/a.md',
      'docs/a.txt',
      'package.json',
      '.env',
      'rules/x.xyz',
      'src/a.log',
      'src/nested/b.tmp',
    ].map((path) => `packages/${name}/${path}`),
  ),
  'nx.json',
  '.gitignore',
  '.env',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
  'biome.json',
  'packages/testkit/src/index.ts',
  'packages/guards/src/unit.ts',
  'packages/testkit/README.md',
  'packages/splitlevel/src/vitest.ts',
  'packages/splitlevel/shared/tsconfig.json',
  'packages/splitlevel/README.md',
  'docs/shared.txt',
  'README.md',
  'generators/engine/answers/names.ts',
  'templates/a.txt',
];

test.for(
  (['unit', 'integration'] as const).flatMap((target) =>
    ['alpha', 'beta', 'gamma'].map((name) => [name, target] as const),
  ),
)('Nx and the guard say the same of the inputs of %s:%s', async ([name, target]) => {
  await workspace.write('packages/alpha/src/nested/.gitignore', '*.tmp\n');
  for (const path of paths) {
    // Nx tells of files that are there only.
    const there = await workspace.read(path).then(
      () => true,
      () => false,
    );
    if (!there) {
      await workspace.write(path, '');
    }
  }
  expect(inputsByTheGuard(name, target)).toEqual(await inputsByNx(name, target));
});

function inputsByTheGuard(name: string, target: Target): string[] {
  const tests = { unit: 'src', integration: 'integration' };
  const judge = judgeOf(join(workspace.root, 'packages', name, tests[target], 'price.test.ts'), target);
  return paths.filter((path) => judge?.objectTo(join(workspace.root, path), 'read') === undefined);
}

async function inputsByNx(name: string, target: Target): Promise<string[]> {
  const { stdout, stderr } = await workspace.run('nx', ['show', 'target', 'inputs', `${name}:${target}`, '--json']);
  const { files }: { files: string[] } = JSON.parse(stdout === '' ? stderr : stdout);
  return paths.filter((path) => files.includes(path));
}

test('a failed run is never a hit', async () => {
  await edit('nx.json', (nx) => {
    setCommand(nx, 'integration', 'node -e process.exit(1)');
  });
  for (const _ of ['first', 'second']) {
    const outcome = await workspace.run('nx', ['run', 'alpha:integration']);
    expect(outcome.code).toBe(1);
    const report = JSON.parse(await workspace.read('.nx/cache/run.json'));
    expect(report.tasks).toMatchObject([{ taskId: 'alpha:integration', cacheStatus: 'cache-miss', status: 1 }]);
  }
});
