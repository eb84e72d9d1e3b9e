import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';

const pure = "import { expect, test } from 'vitest';\n\ntest('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n";
const places = (path: string) =>
  `${path}: no suite looks here. Move it beside the code in packages/notes/src/ (a unit test), or to packages/notes/integration/ (an integration test).`;

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
  const targets = { lint: {}, typecheck: {}, unit: {}, integration: {} };
  const manifest = { name: '@splitlevel/notes', type: 'module', nx: { name: 'notes', targets } };
  await workspace.write('packages/notes/package.json', JSON.stringify(manifest));
});
afterAll(() => workspace.remove());

async function nx(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await workspace.run('nx', args);
  return { code, output: stdout + stderr };
}

test('a misplaced test fails its package, and that one alone', async () => {
  await workspace.write('packages/notes/src/right.test.ts', pure);
  await workspace.write('packages/notes/test/wrong.test.ts', pure);
  const { code, output } = await nx('run-many', '-t', 'unit', '-p', 'notes', 'pricing');
  expect(code).toBe(1);
  expect(output).toContain(places('packages/notes/test/wrong.test.ts'));
  const report = JSON.parse(await workspace.read('.nx/cache/run.json'));
  expect(
    Object.fromEntries(report.tasks.map(({ taskId, status }: { taskId: string; status: number }) => [taskId, status])),
  ).toEqual({ 'notes:unit': 1, 'pricing:unit': 0 });
});

test('a package whose only tests are misplaced is red, and says why', async () => {
  await workspace.run('rm', ['-r', 'packages/notes/src', 'packages/notes/test']);
  await workspace.write('packages/notes/lib/deep/only.spec.mjs', pure);
  const unit = await nx('unit', 'notes');
  expect({ code: unit.code, told: unit.output.includes(places('packages/notes/lib/deep/only.spec.mjs')) }).toEqual({
    code: 1,
    told: true,
  });
  await workspace.run('rm', ['-r', 'packages/notes/lib']);
  await workspace.write('packages/notes/integration/only.spec.ts', pure);
  const { code, output } = await nx('integration', 'notes');
  expect(code, output).toBe(1);
  expect(output).toContain(
    'packages/notes/integration/only.spec.ts: test files are named *.test.ts here. Rename it to packages/notes/integration/only.test.ts.',
  );
});

test("one of the workspace's own folders fails the workspace's own suite", async () => {
  await workspace.write('scripts/wrong.test.ts', pure);
  const { code, stdout } = await workspace.run('vitest', [
    'list',
    '--filesOnly',
    '--project',
    'unit',
    '--exclude',
    'packages/*/**',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('[unit] scripts/wrong.test.ts\n');
  expect(stdout).not.toContain('packages/');
  const outcome = await workspace.run('vitest', ['run', '--project', 'unit', 'scripts/']);
  expect(outcome.code).toBe(1);
  expect(outcome.stdout + outcome.stderr).toContain('scripts/wrong.test.ts: no suite looks here.');
});

test('one in a folder of packages/ without package.json fails it too, wherever it lies there', async () => {
  await workspace.run('rm', ['-r', 'scripts']);
  await workspace.write('packages/stray/integration/lost.test.ts', pure);
  const { code, output } = await nx('unit', 'workspace');
  expect(code, output).toBe(1);
  expect(output).toContain(
    'packages/stray/integration/lost.test.ts: packages/stray has no package.json, so that no target runs its tests.',
  );
  expect(output).toMatch(/Test Files .*1 failed/);
});
