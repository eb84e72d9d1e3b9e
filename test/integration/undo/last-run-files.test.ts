import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asLastRun } from '../../../generators/engine/last-run/as-last-run.ts';
import { readLastRun } from '../../../generators/engine/last-run/last-run-files.ts';
import { noteLockfile } from '../../../generators/engine/last-run/note-lockfile.ts';
import { scratchFolder } from '../../../generators/engine/write/scratch.ts';
import { act } from './act.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-undo-')));
  vi.stubEnv('TMPDIR', folder);
  root = join(folder, 'workspace');
  await mkdir(root);
  await writeFile(join(root, 'list.txt'), '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const last = () => readLastRun(root)?.generator;
const inModules = () => join(root, 'node_modules/.splitlevel');
const isInScratch = () => existsSync(join(scratchFolder(root), 'last-run.json'));

describe('the last run is kept', () => {
  test('in node_modules, as one file', async () => {
    await mkdir(join(root, 'node_modules'));
    await act(root, 'first');
    expect(await readdir(inModules())).toEqual(['last-run.json']);
    expect(isInScratch()).toBe(false);
  });

  test('in the private folder where there is no node_modules, and found there when one is installed', async () => {
    await act(root, 'first');
    expect(isInScratch()).toBe(true);
    await mkdir(join(root, 'node_modules'));
    expect(last()).toBe('first');
    await act(root, 'undo');
    expect(await readFile(join(root, 'list.txt'), 'utf8')).toBe('');
    expect(isInScratch(), 'what is not the last any more is gone').toBe(false);
  });

  test('in the private folder where node_modules is a link', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(root, 'node_modules'));
    await act(root, 'first');
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
    expect(last()).toBe('first');
  });

  test('no more once node_modules is gone', async () => {
    await act(root, 'first');
    await mkdir(join(root, 'node_modules'));
    await act(root, 'second');
    await rm(join(root, 'node_modules'), { recursive: true });
    expect(last()).toBeUndefined();
  });
});

test('a run that fails leaves the one before it the last', async () => {
  await act(root, 'first');
  const fails = () => {
    throw new Error('the disk is full');
  };
  await expect(asLastRun(root, 'second', { folder: 'packages/second', planned: [] }, fails)).rejects.toThrow(
    'the disk is full',
  );
  expect(last()).toBe('first');
  expect((await readdir(scratchFolder(root))).toSorted()).toEqual(['last-run.json']);
});

test('a run that cannot be read is no run, and neither is the one before it', async () => {
  await mkdir(join(root, 'node_modules'));
  await act(root, 'first');
  await writeFile(join(inModules(), 'last-run.pending.json'), '');
  expect(last()).toBeUndefined();
  await act(root, 'second');
  expect(last()).toBe('second');
  expect(await readdir(inModules())).toEqual(['last-run.json']);
});

describe('a lockfile that an installation', () => {
  const lockfile = () => join(root, 'package-lock.json');
  const undone = async () => {
    await act(root, 'undo');
    return existsSync(lockfile()) ? await readFile(lockfile(), 'utf8') : undefined;
  };

  test('changes is as before the run again', async () => {
    await writeFile(lockfile(), '{}\r\n');
    await act(root, 'first');
    const enter = noteLockfile(root);
    await writeFile(lockfile(), '{ "first": 1 }\n');
    enter();
    expect(await undone()).toBe('{}\r\n');
  });

  test('makes goes', async () => {
    await act(root, 'first');
    const enter = noteLockfile(root);
    await writeFile(lockfile(), '{}\n');
    enter();
    expect(await undone()).toBeUndefined();
  });

  test('leaves as it was is not of the run', async () => {
    await writeFile(lockfile(), '{}\n');
    await act(root, 'first');
    noteLockfile(root)();
    await writeFile(lockfile(), 'mine\n');
    expect(await undone()).toBe('mine\n');
  });
});
