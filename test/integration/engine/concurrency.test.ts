import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngineWorkspace, type EngineWorkspace } from './engine-workspace.ts';

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
}, 60_000);

test('a run waits for the one before it, and says so', async () => {
  await workspace.plop(['simple', 'first', '--no-install']);
  const temporary = join(workspace.root, '.tmp');
  const folder = readdirSync(temporary).find((name) => name.startsWith('splitlevel-generate-')) ?? '';
  const database = new DatabaseSync(join(temporary, folder, 'lock'));
  database.exec('BEGIN EXCLUSIVE');
  const waiting = workspace.plop(['simple', 'second', '--no-install']);
  setTimeout(() => database.close(), 1500);
  const { code, stdout } = await waiting;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Waiting for another generator run to end…\n/);
});
