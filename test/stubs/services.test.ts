import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';

// Every kind of service stays green in all four targets when an upstream is added to it.
const tree = join(repositoryRoot, 'test/stubs/documents/tree.json');
const kinds = [
  { name: 'with-database', service: [], stub: [] },
  { name: 'without-anything', service: ['--database', 'none'], stub: [] },
  { name: 'with-another', service: ['--database', 'none', '--upstream', 'tax-office'], stub: [] },
  { name: 'with-a-document', service: ['--database', 'none'], stub: ['--spec', tree] },
];

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

async function plop(...args: string[]): Promise<void> {
  const { code, stderr } = await workspace.run('plop', [...args, '--yes', '--no-install']);
  expect(code, stderr).toBe(0);
}

test('services get an upstream, and are green in all their targets', async () => {
  for (const { name, service, stub } of kinds) {
    await plop('service', name, ...service);
    await plop('stub', 'rates', '--package', name, ...stub);
  }
  const names = kinds.map(({ name }) => name).join(',');
  const targets = ['lint', 'typecheck', 'unit', 'integration'];
  const nx = await workspace.run('nx', ['run-many', '-t', ...targets, '-p', names], { timeout: 500_000 });
  expect(nx.code, nx.stdout + nx.stderr).toBe(0);
  expect(nx.stdout).toContain(`Successfully ran targets ${targets.join(', ')} for ${kinds.length} projects`);
});
