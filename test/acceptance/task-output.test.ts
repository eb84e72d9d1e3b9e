import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
});
afterAll(() => workspace.remove());

test.for([
  ['a pipe', {}],
  ['NO_COLOR', { NO_COLOR: '1' }],
] as const)('what tasks write to %s has no escape codes and no warnings of Node', async ([, environment]) => {
  const { code, stdout, stderr } = await workspace.run(
    'nx',
    ['run-many', '-t', 'lint', 'typecheck', 'unit', '-p', 'pricing', '--skip-nx-cache'],
    // Where CI is set Nx colours its own headings.
    { environment: { CI: undefined, NO_COLOR: undefined, ...environment } },
  );
  const output = stdout + stderr;
  expect(code, output).toBe(0);
  expect(output).toContain('Tests');
  expect(output).not.toContain('\u001b');
  expect(output).not.toMatch(/\bWarning\b/);
});

test('nor does a generator that is asked for nothing', async () => {
  const environment = { NO_COLOR: undefined };
  const { stdout, stderr } = await workspace.run('plop', ['library', 'sums', '--yes', '--no-install'], { environment });
  expect(stdout + stderr).toContain('Wrote packages/sums.');
  expect(stdout + stderr).not.toMatch(/\bWarning\b/);
  expect(stdout + stderr).not.toContain('\u001b');
});
