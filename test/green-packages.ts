import { expect } from 'vitest';
import type { ScratchWorkspace } from './scratch-workspace.ts';

const TARGETS = ['lint', 'typecheck', 'unit', 'integration'];

/** Runs a generator without questions and without an installation; fails with its words unless it ends with 0. */
export async function plop(workspace: ScratchWorkspace, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await workspace.run('plop', [...args, '--yes', '--no-install']);
  expect(code, stderr).toBe(0);
}

/**
 * Runs targets of packages by Nx, and fails with the output where one is red.
 * @param timeout in milliseconds.
 * @returns the standard output.
 */
export async function expectGreen(
  workspace: ScratchWorkspace,
  names: readonly string[],
  { targets = TARGETS, timeout = 500_000 }: { targets?: readonly string[]; timeout?: number } = {},
): Promise<string> {
  const args = ['run-many', '-t', ...targets, '-p', names.join()];
  const { code, stdout, stderr } = await workspace.run('nx', args, { timeout });
  expect(code, stdout + stderr).toBe(0);
  const subject = names.length === 1 ? `project ${names[0]}` : `${names.length} projects`;
  expect(stdout).toContain(`Successfully ran targets ${targets.join(', ')} for ${subject}`);
  return stdout;
}
