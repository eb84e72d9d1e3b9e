import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expectGreen } from '../../green-packages.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

test.for([
  ['sums', [], ['lint', 'typecheck', 'unit']],
  ['sums-and-more', ['--integration'], ['lint', 'typecheck', 'unit', 'integration']],
] as const)('%s %j is green in all of its targets, and made once', async ([name, options, targets]) => {
  const command = ['library', name, '--yes', '--no-install', ...options];
  const made = await workspace.run('plop', command);
  expect(made.code, made.stderr).toBe(0);

  await expectGreen(workspace, [name], { targets });
  expect(Object.keys(JSON.parse(await workspace.read(`packages/${name}/package.json`)).nx.targets).sort()).toEqual(
    [...targets].sort(),
  );

  const again = await workspace.run('plop', command);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Unchanged: /) });
});

test('a description is plain text wherever it stands', async () => {
  const description = '`${x}` {{y}} "quotes" \\ | * </script>';
  const made = await workspace.run('plop', [
    'library',
    'described',
    '--description',
    description,
    '--no-install',
    '--yes',
  ]);
  expect(made.code, made.stderr).toBe(0);
  expect(JSON.parse(await workspace.read('packages/described/package.json')).description).toBe(description);
  expect((await workspace.run('biome', ['check', '--error-on-warnings', 'packages/described'])).code).toBe(0);
});
