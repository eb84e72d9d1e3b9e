import { afterAll, beforeAll, expect, test } from 'vitest';
import { setCommand } from '../set-command.ts';
import { createMarkedWorkspace, type MarkedWorkspace } from './marked-workspace.ts';
import { everything, sourceOfMoney, tasks, withoutIntegration } from './tasks.ts';

// The scripts of the pipeline file. They are the workflow's, which histories.test.ts runs on all that teams do with branches.
let workspace: MarkedWorkspace;
let main: string;

beforeAll(async () => {
  workspace = await createMarkedWorkspace();
  workspace.gitlab.keepsResults = true;
  main = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
});
afterAll(() => workspace.remove());

const integration = [1, 2, 3, 4].map((index) => `integration: [${index}/4]`);
const all = (jobs: readonly string[]) => Object.fromEntries(jobs.map((job) => [job, 'success']));

/** Commits what changed on a branch that begins at main, and pushes it. */
async function pushBranch(edits: () => Promise<unknown>): Promise<string> {
  await workspace.git('switch', '--quiet', '--force-create', 'branch', main);
  await edits();
  const commit = await workspace.commit('Change');
  await workspace.git('push', '--quiet', '--force', 'origin', 'branch');
  return commit;
}

const runMergeRequest = async (edits: () => Promise<unknown>) =>
  workspace.gitlab.run({
    commit: await pushBranch(edits),
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: main,
  });

test('a push of the default branch runs everything, spread over machines', async () => {
  const run = await workspace.gitlab.run({ commit: main, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' });
  expect(run.results, run.output).toEqual(all(['quick', ...integration, 'report']));
  expect(await workspace.tasksThatRan()).toEqual(everything);
  expect(run.output.match(/the share of this machine;/g)?.length).toBeGreaterThan(1);
  expect(run.output).toContain(`## Passed: ${everything.length} ran, 0 answered by the cache`);
});

test('the default branch runs nothing twice, whatever machine it runs on', async () => {
  const again = await workspace.gitlab.run({ commit: main, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' });
  expect(await workspace.tasksThatRan(), again.output).toEqual([]);
  expect(again.output).toContain(`the cache has ${everything.length} results of the default branch`);
});

test('a push of a branch runs the quick targets of all that it can break', async () => {
  const commit = await pushBranch(() => workspace.append('packages/money/src/index.ts'));
  const run = await workspace.gitlab.run({ commit, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'branch' });
  expect(run.results, run.output).toEqual(all(['quick', 'report']));
  expect(await workspace.tasksThatRan()).toEqual(withoutIntegration(sourceOfMoney));
  expect(run.output, 'any branch could have written it').toContain('no shared cache is configured');
});

test('a merge request runs integration suites where it can break them', async () => {
  const stub = await runMergeRequest(() => workspace.append('packages/orders/integration/stubs/rates/factor.json'));
  expect(stub.results, stub.output).toEqual(all(['quick', ...integration, 'report']));
  expect(await workspace.tasksThatRan()).toEqual(tasks(['orders'], ['integration', 'lint', 'typecheck']));

  const document = await runMergeRequest(() => workspace.append('packages/orders/README.md'));
  expect(document.results, document.output).toEqual(all(['quick', ...integration, 'report']));
  expect(await workspace.tasksThatRan()).toEqual(['orders:lint']);
});

test('a schedule runs everything without the cache', async () => {
  const run = await workspace.gitlab.run({ commit: main, CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main' });
  expect(run.results, run.output).toEqual(all(['quick', ...integration, 'report']));
  expect(await workspace.tasksThatRan()).toEqual(everything);
  expect(run.output).toContain('--skip-nx-cache');
});

test('a red test keeps integration suites from starting, and is reported', async () => {
  const run = await runMergeRequest(() =>
    workspace.edit('nx.json', (nx) => {
      setCommand(nx, 'unit', 'false');
    }),
  );
  expect(run.results, run.output).toEqual({ quick: 'failed', report: 'success' });
  expect(run.output).toMatch(/## \d+ failed: /);
  expect((await workspace.tasksThatRan()).filter((task) => task.endsWith(':integration'))).toEqual([]);
});
