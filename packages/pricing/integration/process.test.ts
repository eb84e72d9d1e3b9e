import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { test as base } from './fixtures.ts';
import { sendHalf } from './send-half.ts';

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

/** Where a process listens, by its log, and what it prints. */
async function listening(child: ChildProcess): Promise<{ readonly url: string; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  child.stdout?.on('data', (line) => lines.push(String(line)));
  await expect
    .poll(() => lines.join(''), { timeout: 30_000, message: 'the process does not listen' })
    .toContain('Server listening at ');
  const [, url = lines.join('')] = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(lines.join('')) ?? [];
  return { url, lines };
}

test.for(['SIGTERM', 'SIGINT'] as const)(
  '%s lets requests in flight end, and then stops the process, with exit code 0',
  async (signal, { run }) => {
    const child = run({ SHUTDOWN_TIMEOUT_MS: '30000' });
    const { url, lines } = await listening(child);
    // Its connection is kept, and must not be waited for.
    await (await fetch(`${url}/health/live`)).text();
    const { outcome, finish } = await sendHalf(url, '/nowhere', { text: 'of more than a few characters' });
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(10_000) }).catch(
      () => 'after more than 10 seconds',
    );
    child.kill(signal);
    await expect
      .poll(() => fetch(url).catch((error) => error.cause.code), { timeout: 8000, message: 'new requests are taken' })
      .toBe('ECONNREFUSED');

    finish();

    expect(await outcome, 'a request in flight is cut off').toBe(404);
    expect(await exited, 'the process waits for connections that are kept').toEqual([0, null]);
    expect(lines.join(''), 'the end of the log is lost').toContain('request completed');
  },
);

test('no password of the environment is printed', async ({ run, environment }) => {
  const passwords = Object.values(environment).flatMap((value) => /:\/\/[^/]*:([^/]+)@/.exec(value)?.[1] ?? []);
  const child = run({ LOG_LEVEL: 'trace', HOOK_URL: 'https://user:hunter2@hooks.example' });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  await listening(child);
  child.kill('SIGTERM');
  for (const password of ['hunter2', ...passwords]) {
    expect((await printed).join('').includes(password), 'the output has a password').toBe(false);
  }
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
