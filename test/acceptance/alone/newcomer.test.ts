import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

// What the README promises somebody who has cloned the repository, on a machine without a container engine.
let workspace: ScratchWorkspace;
const environment = { DOCKER_HOST: 'unix:///nonexistent/docker.sock', TESTKIT_RUNTIME: undefined };

beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing'], false);
  await workspace.run('git', ['init', '--quiet', '--initial-branch', 'main']);
  await workspace.run('git', ['add', '.']);
  const author = ['-c', 'user.name=Newcomer', '-c', 'user.email=newcomer@example.org'];
  const commit = await workspace.run('git', [...author, 'commit', '--quiet', '--message', 'Start']);
  expect(commit.code, commit.stderr).toBe(0);
});
afterAll(() => workspace.remove());

async function shell(command: string): Promise<string> {
  const outcome = await workspace.run('bash', ['-c', command], { environment, timeout: 400_000 });
  const output = outcome.stdout + outcome.stderr;
  expect(outcome.code, `${command}\n${output}`).toBe(0);
  return output;
}

test('the main job of the README works as it stands there', async () => {
  const readme = await workspace.read('README.md');
  const [command] = /npm ci && npx plop service orders/.exec(readme) ?? [];
  await shell(`${command} --yes`);
  expect(await workspace.run('git', ['diff', '--stat']), 'nothing but the new package and its link').toMatchObject({
    stdout: expect.stringMatching(/^( package-lock\.json .*\n 1 file changed.*\n)$/),
  });

  const output = await shell('npx nx run-many -t lint typecheck unit integration -p orders');
  expect(output).toMatch(/testkit: postgres [\d.]+ .*embedded/);
  expect(output).toMatch(/Successfully ran targets lint, typecheck, unit, integration for project orders/);

  const again = await shell('npx plop service orders --yes');
  expect(again).toMatch(/unchanged/i);
  expect((await workspace.run('npx', ['plop', 'service', 'orders', '--yes', '--port', '4000'])).code).toBe(3);
});

test('nx affected tests the new package, and not the others', async () => {
  await shell('git add . && git -c user.name=N -c user.email=n@example.org commit --quiet -m orders');
  await workspace.write('packages/orders/integration/note.test.ts', "import { test } from 'vitest';\n");
  const affected = await shell('npx nx show projects --affected --base HEAD --with-target integration --json');
  expect(JSON.parse(/\[.*\]/.exec(affected)?.[0] ?? '')).toContain('orders');
  expect(affected).not.toContain('pricing');
});
