import { afterAll, beforeAll, expect, test } from 'vitest';
import { setCommand } from '../set-command.ts';
import type { WorkflowRun } from './github.ts';
import { allProjects, createMarkedWorkspace, type MarkedWorkspace, packages } from './marked-workspace.ts';
import { everything, onTheRoot, sourceOfMoney as source, tasks, withoutIntegration } from './tasks.ts';

// The steps of the workflow file, on what teams do with branches. Each history begins at the same commit of main.
let workspace: MarkedWorkspace;
let main: string;

beforeAll(async () => {
  workspace = await createMarkedWorkspace();
  main = await workspace.git('rev-parse', 'HEAD');
});
afterAll(() => workspace.remove());

const quick = ['lint', 'typecheck', 'unit'];

/** Starts a branch at main as it was at first. */
async function branch(name: string): Promise<void> {
  await workspace.git('switch', '--quiet', '--force-create', name, main);
}

/** Pushes the branch, and lets the forge run what a push of it starts. */
async function push(name: string): Promise<WorkflowRun> {
  await workspace.git('push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${name}`);
  return green({ event: 'push', ref: `refs/heads/${name}`, commit: await workspace.git('rev-parse', 'HEAD') });
}

/** Opens a pull request of the branch: the forge tests its merge into main. */
async function propose(): Promise<WorkflowRun> {
  const head = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('switch', '--quiet', '--detach', 'origin/main');
  await workspace.git('merge', '--quiet', '--no-ff', '--message', 'Merge', head);
  const commit = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/1/merge');
  return green({ event: 'pull_request', ref: 'refs/pull/1/merge', commit, base: 'main' });
}

/** The forge tests HEAD as the state of main after the entry of the queue. */
async function queue(baseOfEntry: string): Promise<WorkflowRun> {
  const commit = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/gh-readonly-queue/main/pr-1');
  const payload = { merge_group: { base_ref: 'refs/heads/main', base_sha: baseOfEntry } };
  return green({ event: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-1', commit, payload });
}

async function green(happening: Parameters<MarkedWorkspace['github']['run']>[0]): Promise<WorkflowRun> {
  const run = await workspace.github.run(happening);
  expect(run.results.verdict, run.output).toBe('success');
  return run;
}

const change = (path: string) => workspace.append(path);

test('the first push of a repository runs everything', async () => {
  const run = await push('main');
  expect(await workspace.tasksThatRan()).toEqual(everything);
  expect(run.results).toEqual({ quick: 'success', integration: 'success', verdict: 'success' });
  expect(run.summary).toContain(`## Passed: ${everything.length} ran, 0 answered by the cache`);
  expect(run.machines.integration).toBeGreaterThan(1);
  // From now on the suites are known to be short, so that one machine is enough: each takes its time here.
  await workspace.github.keepDurations({ 'packages/money/integration/index.test.ts': 0.1 });
});

test('a feature branch of several commits: each push runs the quick targets of all that the branch can break', async () => {
  await branch('feature');
  await change('packages/money/src/index.ts');
  await workspace.commit('Change the library');
  const first = await push('feature');
  expect(await workspace.tasksThatRan()).toEqual(withoutIntegration(source));
  expect(first.machines).toMatchObject({ quick: 1, integration: 0 });

  await change('packages/stock/README.md');
  await workspace.commit('Document');
  await push('feature');
  expect(await workspace.tasksThatRan()).toEqual([...withoutIntegration(source), 'stock:lint'].sort());

  const proposal = await propose();
  expect(await workspace.tasksThatRan()).toEqual([...source, 'stock:lint'].sort());
  expect(proposal.results).toMatchObject({ quick: 'success', integration: 'success' });
});

test('a force push whose old head is gone is compared with main, as every push', async () => {
  await branch('rewritten');
  await change('packages/orders/src/config.ts');
  await workspace.commit('First thought');
  await push('rewritten');
  await workspace.tasksThatRan();
  await branch('rewritten');
  await change('packages/stock/src/config.ts');
  await workspace.commit('Second thought');
  await push('rewritten');
  expect(await workspace.tasksThatRan()).toEqual(tasks(['stock'], quick));
});

test.each<[what: string, edits: () => Promise<void>, expected: string[]]>([
  [
    'only a unit test and a document',
    async () => {
      await change('packages/orders/src/config.test.ts');
      await change('packages/catalog/README.md');
    },
    [...tasks(['orders'], quick), 'catalog:lint'],
  ],
  [
    'a stub',
    () => change('packages/orders/integration/stubs/rates/factor.json'),
    tasks(['orders'], ['lint', 'typecheck', 'integration']),
  ],
  [
    'a migration',
    () => change('packages/billing/migrations/0001-products.ts'),
    [...tasks(['billing'], ['lint', 'typecheck', 'integration']), ...tasks(['mailer'], ['typecheck', 'integration'])],
  ],
  [
    'a new file of a kind that nobody thought of',
    () => workspace.clone.write('packages/stock/rules.xyz', 'new'),
    tasks(['stock']),
  ],
  [
    'the pin of the image of WireMock',
    () =>
      workspace.edit('images.json', (images) => {
        images.wiremock = 'wiremock/wiremock:3.0.0';
      }),
    [...tasks(['ci', 'mailer', 'money', 'orders', 'shipping', 'testkit'], ['integration']), ...onTheRoot],
  ],
  [
    'the pin of the image of PostgreSQL',
    () =>
      workspace.edit('images.json', (images) => {
        images.postgres = 'postgres:17-alpine';
      }),
    [
      ...tasks(['billing', 'catalog', 'ci', 'money', 'orders', 'shipping', 'stock', 'testkit'], ['integration']),
      ...onTheRoot,
    ],
  ],
  [
    'the lockfile only',
    () =>
      workspace.edit('package-lock.json', (lock) => {
        lock.packages['node_modules/kysely'].integrity = 'sha512-new';
      }),
    tasks(
      [
        'billing',
        'catalog',
        // By the format of the testkit's evidence.
        'ci',
        'create-splitlevel',
        'generators',
        'levels',
        'mailer',
        'orders',
        'shipping',
        'splitlevel',
        'standard',
        'stock',
        'testkit',
      ],
      ['typecheck', 'unit', 'integration'],
    ),
  ],
  [
    'nx.json',
    () =>
      workspace.edit('nx.json', (nx) => {
        nx.parallel = 3;
      }),
    everything,
  ],
  [
    'the testkit',
    () => change('packages/testkit/src/index.ts'),
    [
      ...tasks(['testkit']),
      ...tasks(['ci'], ['unit']),
      ...tasks([...Object.keys(packages), 'ci', 'guards', 'openapi'], ['typecheck', 'integration']),
      ...onTheRoot,
    ],
  ],
  [
    'the guards',
    () => change('packages/guards/src/unit.ts'),
    [
      ...tasks(['guards']),
      ...tasks(
        allProjects.filter((name) => name !== 'guards'),
        ['typecheck', 'unit', 'integration'],
      ),
    ],
  ],
  [
    'a new package',
    async () => {
      const made = await workspace.clone.run('plop', ['service', 'fresh', '--yes', '--no-install']);
      expect(made.code, made.stderr).toBe(0);
    },
    tasks(['fresh']),
  ],
])('a pull request that changes %s', async (_, edits, expected) => {
  await branch('proposal');
  await edits();
  await workspace.commit('Propose');
  const run = await propose();
  expect(await workspace.tasksThatRan()).toEqual(expected.sort());
  expect(run.results.integration).toBe(expected.some((task) => task.endsWith(':integration')) ? 'success' : 'skipped');
});

test('a package whose folder is renamed, and one that is deleted', async () => {
  await branch('renamed');
  await workspace.git('mv', 'packages/stock', 'packages/inventory');
  await workspace.commit('Rename');
  await propose();
  expect(await workspace.tasksThatRan()).toEqual(everything);

  await branch('deleted');
  await workspace.git('rm', '-r', '--quiet', 'packages/search');
  await workspace.commit('Delete');
  await propose();
  expect(await workspace.tasksThatRan()).toEqual(everything.filter((task) => !task.startsWith('search:')));
});

test('a squash and a revert run what their difference can break; a branch that reverts itself runs nothing', async () => {
  await branch('work');
  await change('packages/money/src/index.ts');
  await workspace.commit('One');
  await change('packages/money/src/index.ts');
  const tip = await workspace.commit('Two');
  await branch('squashed');
  await workspace.git('merge', '--squash', '--quiet', tip);
  await workspace.commit('Squash');
  await queue(main);
  expect(await workspace.tasksThatRan()).toEqual(source);

  await workspace.git('revert', '--no-edit', 'HEAD');
  const run = await queue(main);
  expect(await workspace.tasksThatRan()).toEqual([]);
  expect(run.summary).toContain('## Nothing had to run');
});

test('two branches in the merge queue: the second is tested with the first, whose own run may fail', async () => {
  await branch('one');
  await change('packages/catalog/src/config.ts');
  const one = await workspace.commit('One');
  await branch('two');
  await change('packages/stock/src/config.ts');
  const two = await workspace.commit('Two');
  await branch('queue');
  await workspace.git('merge', '--quiet', '--no-ff', '--message', 'Merge one', one);
  const first = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('merge', '--quiet', '--no-ff', '--message', 'Merge two', two);
  await queue(first);
  expect(await workspace.tasksThatRan()).toEqual(tasks(['catalog', 'stock']));
});

test('a merge into main runs everything before a deploy, and so does the night', async () => {
  await branch('merged');
  await change('packages/stock/README.md');
  const merged = await workspace.commit('Document');
  await branch('trunk');
  await workspace.git('merge', '--quiet', '--no-ff', '--message', 'Merge', merged);
  await push('main');
  expect(await workspace.tasksThatRan()).toEqual(everything);
  await workspace.git('push', '--quiet', '--force', 'origin', `${main}:refs/heads/main`);

  const night = await green({ event: 'schedule', ref: 'refs/heads/main', commit: main });
  expect(await workspace.tasksThatRan()).toEqual(everything);
  expect(night.output).toContain('--skip-nx-cache');
});

test('a clone that is too shallow to find the base runs everything', async () => {
  await branch('shallow');
  await change('packages/stock/README.md');
  await workspace.commit('Document');
  workspace.github.depth = 1;
  const run = await push('shallow').finally(() => {
    workspace.github.depth = undefined;
  });
  expect(await workspace.tasksThatRan()).toEqual(withoutIntegration(everything));
  expect(run.output).toContain('the clone is shallow: fetch the whole history');
});

test('a detached head of a developer is compared as the branch would be', async () => {
  await branch('detached');
  await change('packages/stock/README.md');
  await workspace.commit('Document');
  await workspace.git('switch', '--quiet', '--detach');
  const outcome = await workspace.clone.run('npm', ['run', '--silent', 'ci:plan', '--', '--json'], {
    environment: { CI: undefined },
  });
  expect(JSON.parse(outcome.stdout)).toMatchObject({
    occasion: 'this branch',
    base: main,
    tasks: [{ id: 'stock:lint', because: ['packages/stock/README.md'] }],
  });
});

test('a red test makes the verdict red, and its integration suites do not start', async () => {
  await branch('broken');
  await workspace.edit('nx.json', (nx) => {
    setCommand(nx, 'unit', 'false');
  });
  await workspace.commit('Break');
  await workspace.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/broken');
  const commit = await workspace.git('rev-parse', 'HEAD');
  const run = await workspace.github.run({ event: 'pull_request', ref: 'refs/pull/1/merge', commit, base: 'main' });
  expect(run.results).toEqual({ quick: 'failure', integration: 'skipped', verdict: 'failure' });
  expect((await workspace.tasksThatRan()).filter((task) => task.endsWith(':integration'))).toEqual([]);
});
