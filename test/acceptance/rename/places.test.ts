import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOwnedWorkspace, type OwnedWorkspace } from './owned-workspace.ts';

let workspace: OwnedWorkspace;
beforeAll(async () => {
  workspace = await createOwnedWorkspace();
  const manifest = JSON.parse(await workspace.read('package.json')) as { workspaces: readonly string[] };
  const workspaces = ['apps/*', ...manifest.workspaces];
  await workspace.write('package.json', `${JSON.stringify({ ...manifest, workspaces }, undefined, 2)}\n`);
});
afterAll(() => workspace.remove());

const at = (path: string) => join(workspace.root, path);

/** Makes a library, and moves it as its owner would. */
async function made(name: string): Promise<void> {
  await workspace.plop('library', { name });
  mkdirSync(at('apps'), { recursive: true });
  renameSync(at(`packages/${name}`), at(`apps/${name}`));
  await workspace.write('GUIDE.md', `apps/${name}, packages/${name} and @splitlevel/${name}\n`);
}

test('a package in another folder than packages/ is renamed and removed there, with a proof', async () => {
  await made('abacus');
  workspace.commit();
  const renamed = await workspace.plop('rename', { package: 'abacus', to: 'counter', prove: 'none' });
  expect(renamed).toMatchObject({ result: 'written', folder: 'apps/counter' });
  expect(readdirSync(at('apps'))).toEqual(['counter']);
  expect(await workspace.read('GUIDE.md')).toBe('apps/counter, packages/abacus and @splitlevel/counter\n');
  workspace.commit();
  const grown = await workspace.plop('fixture', { package: 'counter', kind: 'redis' });
  expect(grown.result).toBe('written');
  const parted = await workspace.plop('remove', { package: 'counter', fixture: 'redis', prove: 'unit' });
  expect(parted).toMatchObject({ result: 'written', notes: [] });
  expect(workspace.git('status', '--porcelain')).toBe('');
  const back = await workspace.plop('rename', { package: 'counter', to: 'abacus', prove: 'unit' });
  expect(back).toMatchObject({ result: 'written', notes: [] });
  workspace.commit();
  expect(await workspace.plop('remove', { package: 'abacus' })).toMatchObject({ result: 'written' });
  expect(existsSync(at('apps/abacus'))).toBe(false);
});

test('npm installs it under its new name, and the lockfile has no other', async () => {
  await workspace.plop('library', { name: 'gazette' });
  workspace.commit();
  const environment = { npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
  const installed = await workspace.run('npm', ['install'], { environment });
  expect(installed.code, installed.stderr).toBe(0);
  workspace.commit();
  const args = ['rename', '--package', 'gazette', '--to', 'bulletin', '--yes'];
  const renamed = await workspace.run('plop', args, { environment });
  expect(renamed.code, renamed.stderr).toBe(0);
  const lockfile = await workspace.read('package-lock.json');
  expect(lockfile).toContain('"packages/bulletin"');
  expect(lockfile).not.toContain('gazette');
  const own = readdirSync(at('node_modules/@splitlevel'));
  expect(own).toContain('bulletin');
  expect(own).not.toContain('gazette');
  workspace.commit();
  const removed = await workspace.run('plop', ['remove', '--package', 'bulletin', '--yes'], { environment });
  expect(removed.code, removed.stderr).toBe(0);
  expect(await workspace.read('package-lock.json')).not.toContain('bulletin');
  expect(readdirSync(at('node_modules/@splitlevel'))).not.toContain('bulletin');
});

test('where there is no git, all of it is done too', async () => {
  rmSync(at('.git'), { recursive: true });
  await made('quotas');
  await workspace.write('apps/quotas/src/ours.ts', 'export const ours = true;\n');
  await workspace.write('apps/quotas/coverage/a.json', '{}\n');
  await workspace.plop('rename', { package: 'quotas', to: 'portions', prove: 'none' });
  expect(readdirSync(at('apps'))).toEqual(['portions']);
  expect(await workspace.read('apps/portions/src/ours.ts')).toBe('export const ours = true;\n');
  expect(await workspace.read('GUIDE.md')).toBe('apps/portions, packages/quotas and @splitlevel/portions\n');
  expect(JSON.parse(await workspace.read('apps/portions/package.json'))).toMatchObject({
    name: '@splitlevel/portions',
  });
  await workspace.plop('fixture', { package: 'portions', kind: 'redis' });
  const parted = await workspace.plop('remove', { package: 'portions', fixture: 'redis', prove: 'none' });
  expect(parted).toMatchObject({ result: 'written', problem: undefined });
  expect(existsSync(at('apps/portions/src/ours.ts'))).toBe(true);
  expect(existsSync(at('apps/portions/integration'))).toBe(false);
  expect(await workspace.plop('remove', { package: 'portions' })).toMatchObject({ result: 'written', notes: [] });
  expect(existsSync(at('apps/portions'))).toBe(false);
});
