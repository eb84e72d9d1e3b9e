import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRuntimeOfNx, recordRuntime } from '../../src/servers/runtime-record.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratch-workspace.ts';

const execute = promisify(execFile);
const script = resolve(import.meta.dirname, '../../src/servers/runtime-identity.ts');
const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

let scratch: ScratchWorkspace;
beforeAll(async () => {
  scratch = await createScratchWorkspace();
});
afterAll(() => scratch.remove());

async function identify(environment: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await execute(process.execPath, [script], { env: scratch.environment(environment) });
  return stdout.trim();
}

test('containers are containers, wherever their engine is', async () => {
  expect(await identify({ TESTKIT_RUNTIME: 'containers' })).toBe('containers');
});

test('embedded servers depend on the platform and on Java', async () => {
  const chosen = await identify({ TESTKIT_RUNTIME: 'embedded' });
  expect(chosen).toMatch(new RegExp(`^embedded, ${process.platform}-${process.arch}, java (none|\\d+.*)$`));
  expect(await identify(nowhere)).toBe(chosen);
  expect(await identify({ ...nowhere, PATH: '/nowhere', JAVA_HOME: '' })).toMatch(/java none$/);
});

test.each(['TESTKIT_POSTGRES_URL', 'TESTKIT_REDIS_URL', 'TESTKIT_WIREMOCK_URL'])(
  'a run on the server of %s is like no other',
  async (name) => {
    const environment = { [name]: 'http://127.0.0.1:1' };
    expect(await identify(environment)).not.toBe(await identify(environment));
  },
);

test('a runtime that there is not is like no other either', async () => {
  const environment = { TESTKIT_RUNTIME: 'docker' };
  expect(await identify(environment)).not.toBe(await identify(environment));
});

test('a task of Nx whose servers would not be those of its cache key is refused', async () => {
  const cache = join(scratch.root, 'node_modules/.cache/testkit');
  await mkdir(cache, { recursive: true });
  const ofNx = { NX_TASK_TARGET_TARGET: 'integration' };
  recordRuntime(cache, 'containers');
  checkRuntimeOfNx(cache, 'containers', ofNx);
  checkRuntimeOfNx(cache, 'embedded', {});
  expect(() => checkRuntimeOfNx(cache, 'embedded', ofNx)).toThrow(
    'Nx computed the cache key of this task for servers in containers, but now this run would use embedded servers: a container engine was started or ended meanwhile. Run the command again.',
  );

  await identify(nowhere);
  checkRuntimeOfNx(cache, 'embedded', ofNx);
  expect(() => checkRuntimeOfNx(cache, 'containers', ofNx)).toThrow('Run the command again');
});
