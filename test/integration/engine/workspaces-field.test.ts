import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readWorkspace } from '../../../generators/engine/workspace.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-workspaces-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(folder: string, manifest: object): Promise<void> {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, 'package.json'), JSON.stringify(manifest));
}

describe('workspaces are what npm takes them for:', () => {
  test.each([
    [['packages/*'], ['packages/orders', 'packages/stock']],
    [{ packages: ['packages/*'] }, ['packages/orders', 'packages/stock']],
    [['packages/**'], ['packages/orders', 'packages/stock', 'packages/stock/plugins/csv', 'packages/tools/lint']],
    [
      ['./apps/*/', 'packages/orders'],
      ['apps/shop', 'packages/orders'],
    ],
    [['packages/*', '!packages/stock'], ['packages/orders']],
    [
      ['packages/**', '!packages/tools/**', '!**/plugins/*'],
      ['packages/orders', 'packages/stock'],
    ],
    [
      ['!packages/stock', 'packages/*'],
      ['packages/orders', 'packages/stock'],
    ],
    [['packages/{orders,tools/*}'], ['packages/orders', 'packages/tools/lint']],
    [undefined, []],
    [['nowhere/*'], []],
  ])('%j', async (workspaces, folders) => {
    await write('.', { name: '@acme/workspace', workspaces });
    for (const folder of ['apps/shop', 'packages/orders', 'packages/stock', 'packages/tools/lint']) {
      await write(folder, { name: `@acme/${folder.split('/').at(-1)}` });
    }
    await write('packages/stock/plugins/csv', { name: '@acme/csv' });
    await write('packages/orders/node_modules/left-pad', { name: 'left-pad' });
    await mkdir(join(root, 'packages/empty'));

    const { projects } = readWorkspace(root);
    expect([...projects.values()].toSorted()).toEqual(['.', ...folders].toSorted());
  });
});

test('the package in whose folder the command was given is the innermost one around it', async () => {
  await write('.', { name: '@acme/workspace', workspaces: ['packages/**'] });
  await write('packages/stock', { nx: { name: 'stock' } });
  await write('packages/stock/plugins/csv', { nx: { name: 'csv' } });
  await mkdir(join(root, 'packages/stock/plugins/csv/src'));
  await mkdir(join(root, 'packages/stock-market'));
  const hereIn = (folder: string) => readWorkspace(root, join(root, folder)).here;
  expect(hereIn('packages/stock')).toBe('stock');
  expect(hereIn('packages/stock/plugins')).toBe('stock');
  expect(hereIn('packages/stock/plugins/csv/src')).toBe('csv');
  for (const folder of ['.', 'packages', 'packages/stock-market', '..', 'gone']) {
    expect(hereIn(folder)).toBeUndefined();
  }
});
