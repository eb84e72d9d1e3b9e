import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readLastRun } from '../../../generators/engine/last-run/last-run-files.ts';
import { mend, needsMending } from '../../../generators/engine/write/mend.ts';
import { act } from '../../integration/undo/act.ts';

const SABOTAGED_RUN = join(import.meta.dirname, 'sabotaged-run.ts');
const NOTHING_TO_UNDO = 'There is no run to undo';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-undo-')));
  vi.stubEnv('TMPDIR', folder);
  root = join(folder, 'workspace');
  await renew();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A workspace in which these packages were made, in their order. */
async function renew(...names: readonly string[]): Promise<void> {
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, 'node_modules'), { recursive: true });
  await writeFile(join(root, 'list.txt'), '');
  for (const name of ['first', ...names]) {
    await act(root, name);
  }
}

/** Acts in a process that is killed at the n-th change of the disk, and settles what that left; false: there are fewer. */
async function isKilled(name: string, step: number): Promise<boolean> {
  const child = spawn(process.execPath, [SABOTAGED_RUN, root, name, String(step)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect([0, null], output).toContain(code);
  if (needsMending(root)) {
    mend(root);
  }
  return signal === 'SIGKILL';
}

/** The packages that are there, and in the list. */
async function packages(): Promise<readonly string[]> {
  const list = (await readFile(join(root, 'list.txt'), 'utf8')).split('\n').filter((line) => line !== '');
  for (const name of ['first', 'second']) {
    expect(existsSync(join(root, 'packages', name, 'a.txt')), `the package ${name}`).toBe(list.includes(name));
  }
  return list;
}

test('a run killed at any change of the disk: the last run is the one that the disk has', async () => {
  const lasts = new Set<string | undefined>();
  for (let step = 1; await isKilled('second', step); step += 1) {
    const there = await packages();
    const last = readLastRun(root)?.generator;
    expect(last, `killed at change ${step}`).toBe(there.at(-1));
    lasts.add(last);
    await act(root, 'undo');
    expect(await packages(), `killed at change ${step}, then undone`).toEqual(there.slice(0, -1));
    await renew();
  }
  expect(lasts).toEqual(new Set(['first', 'second']));
});

test('an undo killed at any change of the disk is done, or as if it had not begun; nothing older is undone', async () => {
  const outcomes = new Set<string>();
  await renew('second');
  for (let step = 1; await isKilled('undo', step); step += 1) {
    const isDone = (await packages()).length === 1;
    outcomes.add(isDone ? 'done' : 'not begun');
    if (isDone) {
      await expect(act(root, 'undo'), `killed at change ${step}`).rejects.toThrow(NOTHING_TO_UNDO);
    } else {
      await act(root, 'undo');
    }
    expect(await packages(), `killed at change ${step}`).toEqual(['first']);
    await renew('second');
  }
  expect(outcomes).toEqual(new Set(['not begun', 'done']));
});

test('after a run that was killed, the next one is the last', async () => {
  for (let step = 1; await isKilled('second', step); step += 1) {
    const before = await packages();
    await act(root, 'third');
    await act(root, 'undo');
    expect(await packages(), `killed at change ${step}`).toEqual(before);
    await expect(act(root, 'undo'), `killed at change ${step}`).rejects.toThrow(NOTHING_TO_UNDO);
    await renew();
  }
});
