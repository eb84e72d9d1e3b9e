import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';
import { test as base } from './fixtures.ts';

const main = path.join(import.meta.dirname, '../src/main.ts');
/** What the processes have in common is compiled once. */
const NODE_COMPILE_CACHE = path.join(import.meta.dirname, '../../../node_modules/.cache/node');

/** Runs the service as production does; what a test leaves running is killed. */
export const test = base.extend('run', ({ environment }, { onCleanup }) => {
  const children: ChildProcess[] = [];
  onCleanup(() => {
    for (const child of children) {
      child.kill('SIGKILL');
    }
  });
  return (changes: Record<string, string>) => {
    const child = spawn(process.execPath, [main], { env: { NODE_COMPILE_CACHE, ...environment, ...changes } });
    children.push(child);
    return child;
  };
});

/** Where a process listens, by its log, and what it prints. */
export async function listening(
  child: ChildProcess,
): Promise<{ readonly url: string; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  child.stdout?.on('data', (line) => lines.push(String(line)));
  await expect
    .poll(() => lines.join(''), { timeout: 30_000, message: 'the process does not listen' })
    .toContain('Server listening at ');
  const [, url = lines.join('')] = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(lines.join('')) ?? [];
  return { url, lines };
}
