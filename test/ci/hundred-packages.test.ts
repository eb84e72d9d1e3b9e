import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScratchWorkspace } from '../scratch-workspace.ts';
import { createHundredPackages, runGreen } from './hundred-packages.ts';

// How long this takes is measured by bench/hundred-packages.ts: other work on the machine makes a run slower.
let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createHundredPackages();
});
afterAll(() => workspace.remove());

const plan = () => runGreen(workspace, 'npm', 'run', '--silent', 'ci:plan');

test('the plan of a change that touches nothing relevant is empty', async () => {
  await workspace.write('README.md', 'changed');
  expect(await plan()).toContain('Nothing runs: no target reads what changed.');
});

test('the plan tells what the cache would answer, of a hundred packages too', async () => {
  await runGreen(workspace, 'nx', 'run-many', '-t', 'unit');
  await runGreen(workspace, 'nx', 'run-many', '-t', 'unit');
  const { tasks }: { tasks: { cacheStatus: string }[] } = JSON.parse(await workspace.read('.nx/cache/run.json'));
  expect(tasks.filter(({ cacheStatus }) => cacheStatus === 'cache-miss')).toEqual([]);

  await runGreen(workspace, 'git', 'update-ref', '-d', 'refs/remotes/origin/main');
  const output = await plan();
  expect(output.match(/^p\d+ +unit +cached$/gm)).toHaveLength(100);
  expect(output.match(/^p\d+ +integration +runs$/gm)).toHaveLength(100);
});
