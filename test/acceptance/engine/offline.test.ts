import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

const fixture = join(import.meta.dirname, '../../integration/engine/fixture');

let workspace: ScratchWorkspace;
beforeEach(async () => {
  workspace = await createScratchWorkspace();
  await mkdir(join(workspace.root, 'generators/sample'));
  const source = await readFile(join(fixture, 'generators/sample/generator.ts'), 'utf8');
  const moved = source.replaceAll('../../../../../../generators/engine/', '../engine/');
  await workspace.write('generators/sample/generator.ts', moved);
  await cp(join(fixture, 'templates/sample'), join(workspace.root, 'templates/sample'), { recursive: true });
});
afterEach(async () => workspace.remove());

test('a package is generated and linked without a network and with an empty npm cache', async () => {
  const environment = {
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_cache: join(workspace.root, '.nx/empty-npm-cache'),
  };
  const { code, stdout, stderr } = await workspace.run('plop', ['sample', 'orders', '--yes', '--json'], {
    environment,
  });
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, result: 'written', installed: true });
  const linked = await workspace.read('node_modules/@splitlevel/orders/package.json');
  expect(JSON.parse(linked)).toMatchObject({ name: '@splitlevel/orders' });
  expect(await workspace.read('package-lock.json')).toContain('"packages/orders"');

  const again = await workspace.run('plop', ['sample', 'orders', '--yes', '--json'], { environment });
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, result: 'unchanged', installed: false });
});
