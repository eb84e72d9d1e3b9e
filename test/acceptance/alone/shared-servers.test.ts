import { execFile, spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openWorkspace } from '@splitlevel/testkit/servers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';
import { watchCreatedServers } from '../../watch-created-servers.ts';

const execute = promisify(execFile);
const packages = ['orders', 'billing'];
const onContainers = { TESTKIT_RUNTIME: 'containers', VITEST_MAX_WORKERS: '4' };

let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  for (const name of packages) {
    const outcome = await workspace.run('plop', ['service', name, '--yes', '--upstream', 'rates', '--no-install']);
    expect(outcome.code, outcome.stderr).toBe(0);
    await multiplyTests(join(workspace.root, 'packages', name, 'integration'));
  }
});
afterAll(() => workspace.remove());

/** Four copies of the tests that write rows and stubs, so that four workers run the same tests at the same time. */
async function multiplyTests(folder: string): Promise<void> {
  for (const name of ['round-trip', 'discount-changes', 'unique-name', 'rates']) {
    for (const copy of ['second', 'third', 'fourth']) {
      await cp(join(folder, `${name}.test.ts`), join(folder, `${name}-${copy}.test.ts`));
    }
  }
}

async function docker(...args: string[]): Promise<string[]> {
  const { stdout } = await execute('docker', args, { timeout: 20_000 });
  return stdout.split('\n').filter(Boolean);
}

/** All containers of the scratch workspace, stopped ones too. */
function containers(): Promise<string[]> {
  const { id } = openWorkspace(workspace.root);
  return docker('ps', '--all', '--filter', `label=splitlevel.workspace=${id}`, '--format', '{{.Names}}');
}

test('two packages tested at the same time share one PostgreSQL and one WireMock, without cross-talk', async () => {
  const created = watchCreatedServers(workspace, workspace.root);
  const args = ['run-many', '-t', 'integration', '-p', ...packages, '--skip-nx-cache'];
  const outcome = await workspace.run('nx', args, { environment: onContainers }).finally(() => created.end());
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0);

  expect(created.output().trim().split('\n').sort()).toEqual(['postgres', 'wiremock']);
  const sources = outcome.stdout.split('\n').filter((line) => line.includes('testkit: '));
  expect(sources, outcome.stdout).toHaveLength(packages.length);
  for (const line of sources) {
    expect(line).toMatch(/postgres .* container .*wiremock .* container/);
  }

  await vi.waitFor(async () => expect(await containers()).toEqual([]), { timeout: 60_000, interval: 500 });
});

test('60 seconds after a kill -9 of the run no container of ours is left', async () => {
  const run = spawn('node_modules/.bin/nx', ['run-many', '-t', 'integration', '-p', ...packages, '--skip-nx-cache'], {
    cwd: workspace.root,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...onContainers, NX_DAEMON: 'false' },
  });
  const { pid } = run;
  if (pid === undefined) {
    throw new Error('nx did not start');
  }
  try {
    await vi.waitFor(async () => expect(await containers()).toHaveLength(2), { timeout: 60_000, interval: 100 });
  } finally {
    process.kill(-pid, 'SIGKILL');
  }
  await vi.waitFor(async () => expect(await containers()).toEqual([]), { timeout: 60_000, interval: 500 });
});
