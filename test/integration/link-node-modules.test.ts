import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linkNodeModules } from '../link-node-modules.ts';

async function folder(parent = tmpdir()): Promise<string> {
  const path = await mkdtemp(join(parent, 'splitlevel-link-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A `node_modules` with one package, a command, npm's own record, and what tools keep there for themselves. */
async function packages(): Promise<string> {
  const source = join(await folder(), 'node_modules');
  for (const path of [
    'left-pad/index.js',
    '.bin/left-pad',
    '.vite-temp/config.mjs',
    '.vite/results.json',
    '.cache/x',
  ]) {
    await mkdir(join(source, path, '..'), { recursive: true });
    await writeFile(join(source, path), path);
  }
  await writeFile(join(source, '.package-lock.json'), '{}');
  return source;
}

test('packages are linked, and the caches of tools stay behind', async () => {
  const [source, root] = [await packages(), await folder()];
  await linkNodeModules(source, root);
  expect((await readdir(join(root, 'node_modules'))).sort()).toEqual(['.bin', '.package-lock.json', 'left-pad']);
  expect((await stat(join(root, 'node_modules/left-pad/index.js'))).ino).toBe(
    (await stat(join(source, 'left-pad/index.js'))).ino,
  );
});

test('files of caches that come and go meanwhile do no harm', async () => {
  const source = await packages();
  let busy = true;
  const tool = (async () => {
    for (let count = 0; busy && count < 100_000; count++) {
      const path = join(source, '.vite-temp', `config-${count}.mjs`);
      await writeFile(path, 'export default {}');
      await rm(path);
    }
  })();
  for (let round = 0; round < 20; round++) {
    await linkNodeModules(source, await folder());
  }
  busy = false;
  await tool;
});

test('packages are copied where they cannot be linked', async (context) => {
  const elsewhere = '/dev/shm';
  if (!existsSync(elsewhere) || (await stat(elsewhere)).dev === (await stat(tmpdir())).dev) {
    context.skip('this machine has no second file system in /dev/shm');
  }
  const [source, root] = [await packages(), await folder(elsewhere)];
  await linkNodeModules(source, root);
  expect((await readdir(join(root, 'node_modules'))).sort()).toEqual(['.bin', '.package-lock.json', 'left-pad']);
});
