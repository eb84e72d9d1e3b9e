import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockWorkspace } from '../../../generators/engine/write/lock.ts';
import {
  createEngineWorkspace,
  type EngineWorkspace,
  plopCommand,
  plopEnvironment,
} from '../../integration/engine/engine-workspace.ts';

// Each test starts Plop, some of them several times: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

test('eight runs at once: each package is whole, and the shared files have every entry', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const runs = [...names, ...names].map((name) => workspace.plop(['joined', name, '--no-install', '--json']));
  const finished = await Promise.all(runs);
  expect(finished.map(({ code }) => code)).toEqual(finished.map(() => 0));
  const results = finished.map(({ stdout }) => (JSON.parse(stdout) as { result: string }).result);
  expect(results.toSorted()).toEqual([...names.map(() => 'unchanged'), ...names.map(() => 'written')]);
  for (const list of ['first', 'second']) {
    const lines = (await workspace.read(`lists/${list}.txt`)).trim().split('\n');
    expect(lines.toSorted()).toEqual([...names, list].toSorted());
  }
});

async function holdLock(): Promise<DatabaseSync> {
  await workspace.plop(['simple', 'first', '--no-install']);
  const temporary = join(workspace.root, '.tmp');
  const folder = readdirSync(temporary).find((name) => name.startsWith('splitlevel-generate-')) ?? '';
  const database = new DatabaseSync(join(temporary, folder, 'lock'));
  database.exec('BEGIN EXCLUSIVE');
  return database;
}

/** Starts a run while the lock is held, and resolves when it has said something: that it waits. */
async function startWaiting() {
  const [node, plop] = plopCommand(workspace.root);
  const child = spawn(node, [plop, 'simple', 'second', '--no-install'], {
    cwd: workspace.root,
    env: plopEnvironment(workspace.root),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written += text));
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  return { child, ended, written: () => written };
}

test('a run waits for the one before it, and says so', async () => {
  const database = await holdLock();
  const { ended, written } = await startWaiting();
  expect(written()).toBe('Waiting for another generator run to end…\n');
  database.close();
  expect(await ended).toEqual([0, null]);
  expect(await workspace.read('packages/second/.splitlevel/runs/1-simple.json')).toContain('second');
});

test('a run that waits can be interrupted', async () => {
  const database = await holdLock();
  const before = await workspace.tree();
  const { child, ended } = await startWaiting();
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(await workspace.tree()).toEqual(before);
  database.close();
});

test('a run does not wait for ever', async () => {
  const scratch = join(workspace.root, '.tmp');
  const unlock = await lockWorkspace(scratch, () => undefined);
  let waits = 0;
  const second = lockWorkspace(scratch, () => (waits += 1), 300);
  await expect(second).rejects.toThrow('Another generator run has been working on this workspace for 0.3 seconds');
  expect(waits).toBe(1);
  unlock();
  (await lockWorkspace(scratch, () => undefined, 0))();
});
