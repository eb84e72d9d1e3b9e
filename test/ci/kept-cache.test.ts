import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMarkedWorkspace, type MarkedWorkspace } from './marked-workspace.ts';
import { everything } from './tasks.ts';

// No shared cache is set: the forges' own caches carry the results of the default branch from machine to machine.
let workspace: MarkedWorkspace;

beforeAll(async () => {
  workspace = await createMarkedWorkspace();
  workspace.github.keepsResults = true;
  workspace.gitlab.keepsResults = true;
  await workspace.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
});
afterAll(() => workspace.remove());

async function onGithub(event: 'push' | 'pull_request' | 'schedule', ref: string) {
  const commit = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('push', '--quiet', '--force', 'origin', `HEAD:${ref}`);
  const proposal = event === 'pull_request' ? { base: 'main' } : {};
  const run = await workspace.github.run({ event, ref, commit, ...proposal });
  expect(run.results.verdict, run.output).toBe('success');
  return run;
}

const stock = ['stock:lint', 'stock:typecheck', 'stock:unit'];

test('on GitHub the default branch runs nothing twice; what the night and a branch ran is kept for nobody', async () => {
  // Suites are known to be short, so that one machine is enough: each takes its time here.
  await workspace.github.keepDurations({ 'packages/money/integration/index.test.ts': 0.1 });
  await onGithub('push', 'refs/heads/main');
  expect(await workspace.tasksThatRan()).toEqual(everything);

  await onGithub('schedule', 'refs/heads/main');
  expect(await workspace.tasksThatRan(), 'the night takes nothing from the cache').toEqual(everything);

  await workspace.append('packages/stock/src/config.test.ts');
  await workspace.commit('Change a test');
  await onGithub('pull_request', 'refs/pull/1/merge');
  expect(await workspace.tasksThatRan()).toEqual(stock);

  const merged = await onGithub('push', 'refs/heads/main');
  expect(await workspace.tasksThatRan(), 'only what is new').toEqual(stock);
  expect(merged.output).toContain(`the cache has ${everything.length} results of the default branch`);
  expect(merged.results).toEqual({ quick: 'success', integration: 'skipped', verdict: 'success' });
});

test('on GitLab the default branch runs nothing twice, and others do not read what any branch could have written', async () => {
  const commit = await workspace.git('rev-parse', 'origin/main');
  const push = (branch: string) =>
    workspace.gitlab.run({ commit, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: branch });
  await push('main');
  expect(await workspace.tasksThatRan()).toEqual(everything);
  const again = await push('main');
  expect(await workspace.tasksThatRan(), again.output).toEqual([]);
  expect((await push('branch')).output).toContain('no shared cache is configured');
});
