import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

// Every kind of service stays green in all four targets when an upstream is added to it.
let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

async function plop(...args: string[]): Promise<void> {
  const { code, stderr } = await workspace.run('plop', [...args, '--yes', '--no-install']);
  expect(code, stderr).toBe(0);
}

test.for([
  ['with-database', []],
  ['without-anything', ['--database', 'none']],
  ['with-another', ['--database', 'none', '--upstream', 'tax-office']],
] as const)('a service %s gets an upstream, and is green in all its targets', async ([name, options]) => {
  await plop('service', name, ...options);
  await plop('stub', 'rates', '--package', name);

  const targets = ['lint', 'typecheck', 'unit', 'integration'];
  const nx = await workspace.run('nx', ['run-many', '-t', ...targets, '-p', name]);
  expect(nx.code, nx.stdout + nx.stderr).toBe(0);
  expect(nx.stdout).toContain(`Successfully ran targets ${targets.join(', ')}`);
});
