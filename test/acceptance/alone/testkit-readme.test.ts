import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, repositoryRoot, type ScratchWorkspace } from '../../scratch-workspace.ts';

const readme = readFileSync(join(repositoryRoot, 'packages/testkit/README.md'), 'utf8');
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code as string);

let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
});
afterAll(() => workspace.remove());

test("the examples of the testkit's README run as they stand, in the living example", async () => {
  expect(examples.length).toBeGreaterThan(0);
  for (const [index, code] of examples.entries())
    await workspace.write(`packages/pricing/integration/readme-${index}.test.ts`, code);

  const suite = await workspace.run('vitest', [
    'run',
    '--project',
    'integration',
    'packages/pricing/integration/readme-',
  ]);
  expect(suite.code, suite.stdout + suite.stderr).toBe(0);
  expect(suite.stdout).toContain(`Test Files  ${examples.length} passed`);
  const types = await workspace.run('tsc', ['-p', 'packages/pricing']);
  expect(types.stdout).toBe('');
});
