import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { test as base } from './fixtures.ts';

const main = path.join(import.meta.dirname, '../src/main.ts');
/** What the processes have in common is compiled once. */
const NODE_COMPILE_CACHE = path.join(import.meta.dirname, '../../../node_modules/.cache/node');

/** Runs the service as production does; what a test leaves running is killed. */
const test = base.extend('run', ({ environment }, { onCleanup }) => {
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

test.for(['SIGTERM', 'SIGINT'] as const)('%s stops the process, with exit code 0', async (signal, { run }) => {
  const child = run({});
  const [line] = await once(child.stdout, 'data');
  expect(String(line)).toContain('Server listening at http://127.0.0.1:');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a wrong environment ends the process with exit code 2, and every wrong variable is named', async ({ run }) => {
  const child = run({ PORT: 'http', LOG_LEVEL: 'hunter2' });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(2);
  expect(errors).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
  expect(errors).not.toContain('hunter2');
});

test('a port that is taken ends the process with exit code 1', async ({ run, service }) => {
  const child = run({ PORT: new URL(service.url).port });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  expect(errors).toContain('EADDRINUSE');
});
