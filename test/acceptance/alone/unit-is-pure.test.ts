import { existsSync } from 'node:fs';
import { openWorkspace } from '@splitlevel/testkit/servers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
});
afterAll(() => workspace.remove());

test('the unit suite of the example runs without a network and starts no server', async () => {
  const suite = ['vitest', 'run', '--project', 'unit', 'packages/pricing/'];
  const withoutNetwork = ['unshare', '--map-root-user', '--net', ...suite];
  // Not every kernel lets a user make a network namespace. The guard is at work either way.
  const allowed = await workspace.run('unshare', ['--map-root-user', '--net', 'true']).catch(() => ({ code: 1 }));
  if (allowed.code !== 0) {
    console.warn('This machine makes no network namespaces: the suite runs under the guard alone.');
  }

  const [command, ...args] = allowed.code === 0 ? withoutNetwork : suite;
  const outcome = await workspace.run(command as string, args);
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0);
  expect(outcome.stdout).toMatch(/Tests +\d+ passed/);
  expect(existsSync(openWorkspace(workspace.root).stateDirectory), 'a daemon of servers was started').toBe(false);
});
