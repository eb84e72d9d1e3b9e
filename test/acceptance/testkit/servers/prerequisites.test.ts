import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 90_000 });

const fixtures = join(import.meta.dirname, '../../../../packages/testkit/integration/servers/fixtures');
let programs: string;

/** A machine without Java and without a container engine. */
const bare = () => ({
  DOCKER_HOST: 'unix:///nowhere/docker.sock',
  JAVA_HOME: '',
  PATH: programs,
  TESTKIT_RUNTIME: '',
  // Nx, which may run these tests, has noted the runtime of this machine, and that is another.
  NX_TASK_TARGET_TARGET: undefined,
});

/** What a run prints, and its exit code as far as it says it. */
async function run(names: readonly string[], environment: NodeJS.ProcessEnv, options: readonly string[] = []) {
  const files = names.map((name) => join(fixtures, 'shop', `${name}.fixture.ts`));
  return runVitest(join(fixtures, 'vitest.config.ts'), files, options, environment).then(
    ({ output, exitCode }) => ({ output, exitCode }),
    ({ message }: Error) => ({ output: message, exitCode: Number(/exit code (\d+)/.exec(message)?.[1]) }),
  );
}

beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'testkit-programs-'));
  for (const folder of ['/usr/bin', '/bin'].filter(existsSync)) {
    const names = (await readdir(folder)).filter(
      (name) => !name.startsWith('java') && !existsSync(join(programs, name)),
    );
    await Promise.all(names.map((name) => symlink(join(folder, name), join(programs, name)).catch(() => {})));
  }
});
afterAll(() => rm(programs, { recursive: true }));

const occurrences = (output: string, text: string) => output.split(text).length - 1;

describe('a server that cannot be had', () => {
  test('is told once for the run, before any test, with what was looked for and who needs it', async () => {
    const { output, exitCode } = await run(['rates', 'cached', 'rows'], bare());
    expect(exitCode).toBe(1);
    expect(occurrences(output, 'WireMock needs Java, and there is none: JAVA_HOME is not set')).toBe(1);
    expect(output).toContain('no container engine answers (DOCKER_HOST=unix:///nowhere/docker.sock: does not exist)');
    expect(output).toMatch(/WireMock is needed by \S*shop\/rates\.fixture\.ts\./);
    expect(output).toContain('There is no embedded Redis. Start a container engine, or give a running server');
    expect(output).toMatch(/Redis is needed by \S*shop\/cached\.fixture\.ts\./);
    expect(output).not.toContain('PostgreSQL is needed');
    expect(output).not.toMatch(/✓|×|a test of the service/);
  });

  test('an engine that was asked for and does not answer is told once', async () => {
    const { output, exitCode } = await run(['rates', 'rows'], { ...bare(), TESTKIT_RUNTIME: 'containers' });
    expect(exitCode).toBe(1);
    expect(output).toContain('PostgreSQL is needed by');
    expect(output).toContain('Start the engine or correct its address, or set TESTKIT_RUNTIME=embedded to do without.');
    expect(output).not.toContain('a test of the service');
  });

  test('does not stand against the files that do without it, though their package declares it', async () => {
    const { output, exitCode } = await run(['rows'], bare());
    expect(output).toContain('1 passed');
    expect(exitCode).toBe(0);
  });

  test('is none where a URL gives it', async () => {
    const { output } = await run(['cached'], { ...bare(), TESTKIT_REDIS_URL: 'redis://127.0.0.1:1' });
    expect(output).not.toContain('No test was run');
    expect(output).toContain('TESTKIT_REDIS_URL names redis://127.0.0.1:1');
  });
});
