import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { openWorkspace } from '@splitlevel/testkit/servers';
import { expect, test, vi } from 'vitest';
import images from '../../../../images.json' with { type: 'json' };
import { failureOf } from '../../../../packages/testkit/integration/servers/client-process.ts';
import { createScratchWorkspace } from '../../../../packages/testkit/integration/servers/scratch-workspace.ts';
import { openProxy } from './engine-proxy.ts';

const execute = promisify(execFile);
const fixtures = resolve(import.meta.dirname, '../../../../packages/testkit/integration/servers/fixtures');
const config = join(fixtures, 'vitest.config.ts');
const onContainers = { TESTKIT_RUNTIME: 'containers' };

function runFixtures(names: readonly string[], environment: NodeJS.ProcessEnv) {
  return runVitest(
    config,
    names.map((name) => join(fixtures, name)),
    ['--root', fixtures],
    environment,
  );
}

/** The lines that the testkit itself printed. */
function said(output: string): string[] {
  return output.split('\n').filter((line) => line.includes('testkit: '));
}

test('an image that cannot be had', async () => {
  const scratch = await createScratchWorkspace({ ...images, postgres: 'splitlevel.invalid/postgres:0' });
  const { failure, status, took } = await failureOf('postgres', scratch.environment(onContainers));
  await scratch.remove();
  expect(
    failure?.replace(/could not be pulled: .*?\. Correct/s, 'could not be pulled: REASON. Correct'),
  ).toMatchInlineSnapshot(
    `"The image splitlevel.invalid/postgres:0 could not be pulled: REASON. Correct it in images.json; or see that this machine reaches its registry (docker pull splitlevel.invalid/postgres:0), and log in there if it is private (docker login)."`,
  );
  expect(failure).toMatch(/splitlevel\.invalid.*no such host|lookup splitlevel\.invalid/);
  expect(status).toBe(1);
  expect(took).toBeLessThan(30_000);
});

test('an image that is not pinned', async () => {
  const scratch = await createScratchWorkspace({ ryuk: images.ryuk });
  const { failure, status } = await failureOf('postgres', scratch.environment(onContainers));
  await scratch.remove();
  expect(failure?.replace(scratch.root, 'ROOT')).toMatchInlineSnapshot(
    `"images.json in ROOT pins no image for postgres. Add "postgres": "IMAGE:TAG"."`,
  );
  expect(status).toBe(1);
});

test('an image in which there is no such server', async () => {
  const scratch = await createScratchWorkspace({ ...images, postgres: images.ryuk });
  const { failure, status, took } = await failureOf('postgres', scratch.environment(onContainers));
  await scratch.remove();
  expect(failure).toMatch(/^The container of PostgreSQL \(testcontainers\/ryuk:.*\) did not start: /);
  expect(status).toBe(1);
  expect(took).toBeLessThan(30_000);
});

test('a run says where its servers came from, and that none was needed', async () => {
  const scratch = await createScratchWorkspace();
  const environment = scratch.environment({ TESTKIT_RUNTIME: undefined });
  const none = await runFixtures(['nothing.fixture.ts'], { ...environment, ...onContainers });
  expect(said(none.output)).toEqual(['testkit: no server was needed']);

  const first = await runFixtures(['postgres.fixture.ts'], { ...environment, ...onContainers });
  const second = await runFixtures(['postgres.fixture.ts'], { ...environment, ...onContainers });
  const embedded = await runFixtures(['postgres.fixture.ts'], { ...environment, TESTKIT_RUNTIME: 'embedded' });
  const image = images.postgres;
  expect(said(first.output).map(withoutNumbers)).toEqual([
    `testkit: postgres VERSION from a container (${image}, started in SECONDS s)`,
  ]);
  expect(said(second.output).map(withoutNumbers)).toEqual([
    `testkit: postgres VERSION from a container (${image}, attached)`,
  ]);
  expect(said(embedded.output).map(withoutNumbers)).toEqual([
    'testkit: postgres VERSION embedded (started in SECONDS s)',
  ]);

  const unreachable = { ...environment, DOCKER_HOST: 'tcp://127.0.0.1:1', TESTKIT_RUNTIME: '' };
  const fallback = await runFixtures(['postgres.fixture.ts'], unreachable);
  expect(said(fallback.output).map(withoutNumbers)).toEqual([
    'testkit: postgres VERSION embedded (started in SECONDS s); no container engine answers (DOCKER_HOST=tcp://127.0.0.1:1: connection refused, so nothing listens there)',
  ]);
  await scratch.remove();
});

test('a pull is shown, in whole lines', async () => {
  const pulled = `splitlevel-test/postgres:${process.pid}`;
  const proxy = await openProxy({
    pull: async (tell) => {
      for (const current of [10, 20, 30]) {
        tell({ id: 'layer', status: 'Downloading', progressDetail: { current: current * 1e6, total: 30e6 } });
        await new Promise((continued) => setTimeout(continued, 700));
      }
      await execute('docker', ['tag', images.postgres, pulled]);
    },
  });
  const scratch = await createScratchWorkspace({ ...images, postgres: pulled });
  const environment = scratch.environment({ ...onContainers, ...proxy.environment });
  const { output, exitCode } = await runFixtures(['postgres.fixture.ts'], environment);
  expect(exitCode, output).toBe(0);
  expect(said(output).map(withoutNumbers)).toEqual([
    `testkit: pulling ${pulled}`,
    `testkit: pulled ${pulled} in SECONDS s`,
    `testkit: postgres VERSION from a container (${pulled}, started in SECONDS s)`,
  ]);
  await vi.waitFor(async () => expect((await scratch.leftovers()).processes).toEqual([]), { timeout: 60_000 });
  await execute('docker', ['rmi', pulled]);
  await proxy.close();
  await scratch.remove();
});

test('an engine that dies in the middle of a run', async () => {
  const signals = await mkdtemp(join(tmpdir(), 'testkit-signals-'));
  const proxy = await openProxy({});
  const scratch = await createScratchWorkspace();
  const environment = scratch.environment({ ...onContainers, ...proxy.environment, ENGINE_DIES: signals });
  const began = performance.now();
  const running = runFixtures(['engine-dies.fixture.ts'], environment);
  await vi.waitFor(() => expect(existsSync(join(signals, 'ready'))).toBe(true), { timeout: 60_000, interval: 50 });
  const { stdout } = await execute('docker', [
    'ps',
    '--quiet',
    '--filter',
    `name=splitlevel-${openWorkspace(scratch.root, environment).id}`,
  ]);
  await proxy.close();
  await execute('docker', ['rm', '--force', '--volumes', ...stdout.trim().split('\n')]);
  await writeFile(join(signals, 'dead'), '');

  const { exitCode, files, output } = await running;
  expect(exitCode).toBe(1);
  expect(performance.now() - began).toBeLessThan(60_000);
  const [first, second] = Object.values(files['engine-dies.fixture.ts']?.tests ?? {});
  expect(first?.message, output).toMatch(
    /The container splitlevel-\w+-postgres of PostgreSQL is out of reach: the container engine does not answer any more \(.*\)\. Start the engine, then run the tests again\./,
  );
  expect(second?.message, output).toMatch(/Start the engine/);
  await rm(signals, { recursive: true });
  await vi.waitFor(async () => expect((await scratch.leftovers()).processes).toEqual([]), {
    timeout: 90_000,
    interval: 500,
  });
  await scratch.remove();
}, 180_000);

function withoutNumbers(line: string): string {
  return line.replace(/ \d+(\.\d+)+ (from|embedded)/, ' VERSION $2').replace(/in \d+(\.\d+)? s/, 'in SECONDS s');
}
