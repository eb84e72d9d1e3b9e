import { describe, expect, test } from 'vitest';
import { aPackage, aRepository, aSource } from '../a-repository.ts';
import type { NxTasks, Task } from '../repository.ts';
import { findingsIn } from './rules.ts';

const told = (...arguments_: Parameters<typeof aRepository>) =>
  findingsIn(aRepository(...arguments_))
    .filter(({ rule }) => rule === 'caching')
    .map((each) => `${each.package}: ${each.what}`);

/** The tasks of one package or of two, with changes of a target. */
function hashed(target: string, changes: (task: Task) => Partial<Task>, names = ['orders']) {
  const { value } = aRepository().tasks;
  const tasks = Object.entries(value?.tasks ?? {}).flatMap(([id, task]) =>
    names.map((name) => [id.replace('orders', name), id === `orders:${target}` ? { ...task, ...changes(task) } : task]),
  );
  const [root, orders = aPackage()] = aRepository().packages;
  const packages = [...(root ? [root] : []), ...names.map((name) => ({ ...orders, name }))];
  return told({ tasks: { value: { tasks: Object.fromEntries(tasks), edges: {} } satisfies NxTasks }, packages });
}
const without = (pattern: RegExp) => (task: Task) => ({ files: task.files.filter((path) => !pattern.test(path)) });

test.each<[string, string, RegExp]>([
  ['unit', 'production code', /src\/main\.ts$/],
  ['unit', 'unit tests', /price\.test\.ts$/],
  ['integration', 'integration tests', /order\.test\.ts$/],
  ['integration', 'images.json', /images\.json$/],
  ['lint', 'biome.json', /biome\.json$/],
  ['typecheck', 'tsconfig.json', /^tsconfig\.json$/],
  ['unit', 'vitest.config.ts', /vitest\.config\.ts$/],
])('%s that is not hashed by %s', (target, what, pattern) => {
  const [finding = '', ...others] = hashed(target, without(pattern));
  expect(others).toEqual([]);
  expect(finding).toContain(
    `orders: packages/orders/package.json: ${target} is not hashed by ${what}: the cache would answer`,
  );
});

test('the versions of tools, and the kind of servers', () => {
  expect(hashed('integration', () => ({ external: [], runtime: [] }))).toEqual([
    'orders: packages/orders/package.json: integration is not hashed by the version of vitest: the cache would answer for a change of it',
    'orders: packages/orders/package.json: integration is not hashed by the version of @splitlevel/guards: the cache would answer for a change of it',
    'orders: packages/orders/package.json: integration is not hashed by the version of @splitlevel/testkit: the cache would answer for a change of it',
    'orders: packages/orders/package.json: integration is not hashed by the kind of servers: the cache would answer for a change of it',
  ]);
});

test('what holds for all packages is said once, of nx.json', () => {
  expect(hashed('unit', without(/src\/main\.ts$/), ['orders', 'billing'])).toEqual([
    'workspace: nx.json: unit is not hashed by production code: the cache would answer for a change of it',
  ]);
  expect(hashed('lint', () => ({ cache: false }), ['orders', 'billing'])).toEqual([
    'workspace: nx.json: the target lint is not cached: it runs again each time',
  ]);
});

test('a suite that runs again after each edit of the other', () => {
  const all = ({ files }: Task) => ({ files: [...files, 'packages/orders/integration/order.test.ts'] });
  expect(hashed('unit', all)).toEqual([
    'orders: packages/orders/package.json: unit is hashed by tests of the other suite: it runs again after each edit of them (packages/orders/integration/order.test.ts)',
  ]);
});

test('the code of packages that it depends on', () => {
  const [root, orders = aPackage()] = aRepository().packages;
  const money = { ...aPackage({ files: ['src/index.ts'] }), name: 'money', folder: 'packages/money' };
  const { value } = aRepository().tasks;
  const edges = { orders: ['money'], money: ['orders', 'workspace'] };
  const tasks = { value: { tasks: value?.tasks ?? {}, edges } };
  const found = told({ packages: [...(root ? [root] : []), orders, money], tasks });
  expect(found).toEqual(
    ['typecheck', 'unit', 'integration'].map(
      (target) =>
        `orders: packages/orders/package.json: ${target} is not hashed by the code of packages that it depends on: the cache would answer for a change of it (packages/money/src/index.ts)`,
    ),
  );
});

test('settings of Nx by which the cache is not asked', () => {
  const env = '# comment\nNX_ISOLATE_PLUGINS=false\nNX_SKIP_NX_CACHE=true\n  export TESTKIT_RUNTIME=embedded\n';
  const rootTexts = new Map([...aRepository().rootTexts, ['.env', env]]);
  expect(told({ rootTexts, nx: { ...aRepository().nx, tasksRunnerOptions: {} } })).toEqual([
    'workspace: .env:3 sets NX_SKIP_NX_CACHE for every task, and no target is hashed by it',
    'workspace: .env:4 sets TESTKIT_RUNTIME for every task, and no target is hashed by it',
    'workspace: nx.json sets tasksRunnerOptions, which may keep the cache from being asked',
  ]);
});

describe('of a package', () => {
  const { manifest } = aPackage();

  test('images that it uses and does not say, or says and does not have', () => {
    const images = [{ json: '{workspaceRoot}/images.json', fields: ['mongo'] }];
    const needs = aSource({ calls: new Set(['postgres', 'upstream']) });
    const sources = new Map([...aPackage().sources, ['integration/needs.ts', needs] as const]);
    expect(told({ orders: { manifest: { nx: { ...manifest.nx, namedInputs: { images } } }, sources } })).toEqual([
      'orders: packages/orders uses the image postgres, and its package.json leaves it out of the input images',
      'orders: packages/orders uses the image wiremock, and its package.json leaves it out of the input images',
      'orders: packages/orders/package.json names the image mongo, which images.json does not have',
    ]);
  });

  test('an edge to the testkit', () => {
    expect(told({ orders: { manifest: { ...manifest, devDependencies: { '@x/testkit': '*' } } } })).toEqual([
      'orders: packages/orders/package.json depends on @x/testkit: every change of it would run the unit suite',
    ]);
  });
});

test.each<[string, string, string]>([
  ['unit', 'src/mails/welcome.md', 'what is below src/'],
  ['integration', 'src/mails/welcome.md', 'what is below src/'],
  ['integration', 'integration/upload.csv', 'what is below integration/'],
])('%s that is not hashed by %s', (target, path, what) => {
  const files = [...aPackage().files, path];
  const { value } = aRepository({ orders: { files } }).tasks;
  const [id, whole] = [`orders:${target}`, `packages/orders/${path}`];
  const task = value?.tasks[id];
  const tasks = { ...value?.tasks, [id]: { ...task, files: task?.files.filter((each) => each !== whole) } };
  const found = told({ orders: { files }, tasks: { value: { ...value, tasks } as NxTasks } });
  expect(found).toEqual([
    `orders: packages/orders/package.json: ${target} is not hashed by ${what}: the cache would answer for a change of it (${whole})`,
  ]);
});

test('an edge that Nx was told to forget', () => {
  const money = aPackage({ name: 'money', folder: 'packages/money', manifest: { name: '@x/money' }, files: [] });
  const { packages, tasks } = aRepository({ orders: { manifest: { dependencies: { '@x/money': '*' } } } });
  const withEdges = (...edges: string[]) =>
    told({
      packages: [...packages, money],
      tasks: { value: { ...tasks.value, edges: { orders: edges } } as NxTasks },
    });
  expect(withEdges('money')).toEqual([]);
  expect(withEdges()).toEqual([
    'orders: packages/orders/package.json depends on money, and Nx does not know: neither the cache nor CI sees a change of it',
  ]);
});
