import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type Outcome, type ScratchWorkspace } from '../scratch-workspace.ts';

// A repository whose packages are elsewhere than in packages/: its package.json says where.
let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  const manifest = JSON.parse(await workspace.read('package.json'));
  const own = JSON.parse((await workspace.run('npm', ['query', '.workspace'])).stdout) as { location: string }[];
  manifest.workspaces = ['./apps/*', 'libs/**', ...own.map(({ location }) => location)];
  await workspace.write('package.json', JSON.stringify(manifest, null, 2));
  await green('plop', 'library', 'sums', '--integration', '--yes', '--no-install');
  const library = JSON.parse(await workspace.read('apps/sums/package.json'));
  expect(library.name).toMatch(/sums$/);
  await workspace.run('mkdir', ['-p', 'libs/group']);
  await workspace.run('cp', ['-r', 'apps/sums', 'libs/group/rates']);
  const rates = (await workspace.read('libs/group/rates/package.json')).replaceAll('sums', 'rates');
  await workspace.write('libs/group/rates/package.json', rates);
  const configuration = await workspace.read('libs/group/rates/tsconfig.json');
  await workspace.write('libs/group/rates/tsconfig.json', configuration.replaceAll('../../', '../../../'));
});
afterAll(() => workspace.remove());

async function run(command: string, ...args: string[]): Promise<Outcome & { output: string }> {
  const outcome = await workspace.run(command, args, { environment: { CI: undefined } });
  return { ...outcome, output: outcome.stdout + outcome.stderr };
}

async function green(command: string, ...args: string[]): Promise<string> {
  const { code, output } = await run(command, ...args);
  expect(code, `${command} ${args.join(' ')}\n${output}`).toBe(0);
  return output;
}

test('both suites of a package are run there', async () => {
  const output = await green('nx', 'run-many', '-t', 'lint', 'typecheck', 'unit', 'integration', '-p', 'sums', 'rates');
  expect(output).toContain('apps/sums/src/');
  expect(output).toContain('libs/group/rates/integration/');
});

test('a misplaced test fails in its package, and is told where it belongs', async () => {
  await workspace.write('apps/sums/test/a.test.ts', "import { test } from 'vitest';\ntest('a', () => {});\n");
  const { code, output } = await run('nx', 'run-many', '-t', 'unit', '-p', 'sums');
  await workspace.run('rm', ['-r', 'apps/sums/test']);
  expect(code).not.toBe(0);
  expect(output).toContain(
    'apps/sums/test/a.test.ts: no suite looks here. Move it beside the code in apps/sums/src/ (a unit test), or to apps/sums/integration/ (an integration test).',
  );
});

test('tests in a folder that is not a package fail, and are told so', async () => {
  await workspace.write('apps/stray/src/a.test.ts', "import { test } from 'vitest';\ntest('a', () => {});\n");
  const { code, output } = await run('vitest', 'run', '--project', 'unit', 'apps/stray/');
  await workspace.run('rm', ['-r', 'apps/stray']);
  expect(code).not.toBe(0);
  expect(output).toContain('apps/stray has no package.json, so that no target runs its tests.');
});

test('CI spreads and reports them by their paths', async () => {
  await workspace.run('git', ['init', '--quiet']);
  await workspace.run('git', ['add', '.']);
  await workspace.run('git', [
    '-c',
    'user.name=N',
    '-c',
    'user.email=n@example.org',
    'commit',
    '--quiet',
    '-m',
    'Start',
  ]);
  const plan = await green('npm', 'run', '--silent', 'ci:plan', '--', '--json');
  expect(JSON.parse(plan).tasks.map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining(['sums:unit', 'rates:integration']),
  );
});
