import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readContents, watchFiles } from '../../src/dev/watch-files.ts';

let folder: string;
let end: (() => void) | undefined;
let calls: string[][];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'splitlevel-watch-'));
  await writeFile(join(folder, 'one.json'), '1');
  calls = [];
});
afterEach(async () => {
  end?.();
  end = undefined;
  await rm(folder, { recursive: true });
});

const watch = (path = folder) => {
  end = watchFiles(
    path,
    readContents(path),
    async (files) => void calls.push(files.map((file) => file.slice(folder.length + 1))),
  );
};

test('files that come, change and go are told together, also in folders that come', async () => {
  watch();
  await mkdir(join(folder, 'new/deep'), { recursive: true });
  await writeFile(join(folder, 'new/deep/two.json'), '2');
  await rm(join(folder, 'one.json'));
  await vi.waitFor(() => expect(calls).toEqual([['new/deep/two.json', 'one.json']]), 5000);
});

test('a folder that is not there yet can come', async () => {
  watch(join(folder, 'later'));
  await mkdir(join(folder, 'later'));
  await writeFile(join(folder, 'later/a.json'), 'a');
  await vi.waitFor(() => expect(calls).toEqual([['later/a.json']]), 5000);
});

test('a change since the files were last used is told, though it was before they are watched', async () => {
  const before = readContents(folder);
  await writeFile(join(folder, 'one.json'), '2');
  end = watchFiles(folder, before, async (files) => void calls.push([...files]));
  await vi.waitFor(() => expect(calls).toEqual([[join(folder, 'one.json')]]), 5000);
});

test('a file that is written again as it was is not a change, and neither is one that changes for a moment', async () => {
  watch();
  await writeFile(join(folder, 'one.json'), '2');
  await writeFile(join(folder, 'one.json'), '1');
  await sleep(1200);
  expect(calls).toEqual([]);
  await writeFile(join(folder, 'one.json'), '3');
  await vi.waitFor(() => expect(calls).toEqual([['one.json']]), 5000);
});

test('what editors leave beside a file is not a change, and a change beside it is told', async () => {
  watch();
  for (const name of ['.one.json.swp', 'one.json~', '#one.json#', '.DS_Store']) {
    await writeFile(join(folder, name), 'left');
  }
  await symlink('somebody@somewhere.1', join(folder, '.#one.json'));
  await sleep(1200);
  expect(calls).toEqual([]);
  await writeFile(join(folder, 'one.json'), '2');
  await vi.waitFor(() => expect(calls).toEqual([['one.json']]), 5000);
});
