import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { listening, test } from './processes.ts';
import { sendHalf } from './send-half.ts';

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
