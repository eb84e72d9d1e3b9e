import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
});
afterAll(() => workspace.remove());

/** Checks everything out anew, as git does on a machine where core.autocrlf is on. */
async function checkOutWithCrlf(): Promise<void> {
  const commit = ['-c user.name=N', '-c user.email=n@example.org', 'commit --quiet --message x'].join(' ');
  const script = [
    'git init --quiet --initial-branch main',
    'git add --all',
    `git ${commit}`,
    'git config core.autocrlf true',
    'git rm -rq --cached .',
    'git reset -q --hard',
  ].join('\n');
  const { code, stderr } = await workspace.run('bash', ['-ec', script]);
  expect(code, stderr).toBe(0);
}

test('lint passes and nothing departs in a checkout with core.autocrlf', async () => {
  await checkOutWithCrlf();
  expect(await workspace.read('packages/pricing/src/product.ts')).not.toContain('\r');
  const lint = await workspace.run('nx', ['lint', 'pricing', '--skip-nx-cache']);
  expect(lint.code, lint.stdout + lint.stderr).toBe(0);
  const standard = await workspace.run('node', ['packages/standard/src/main.ts']);
  expect(standard.code, standard.stdout).toBe(0);
});

test('where there is no .gitattributes, nothing departs for its line ends, and the servers start', async () => {
  await workspace.run('rm', ['-rf', '.git', '.gitattributes']);
  await checkOutWithCrlf();
  expect(await workspace.read('packages/pricing/src/product.ts')).toContain('\r\n');
  const suite = await workspace.run('nx', ['integration', 'pricing', '--skip-nx-cache']);
  expect(suite.code, suite.stdout + suite.stderr).toBe(0);
  const { stdout } = await workspace.run('node', ['packages/standard/src/main.ts', '--json']);
  const { information, packages } = JSON.parse(stdout) as {
    information: string[];
    packages: { findings: { rule: string }[] }[];
  };
  expect(information).toEqual([]);
  expect(packages.flatMap(({ findings }) => findings)).toEqual([]);
});
