import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../../../../packages/testkit/integration/servers/client-process.ts';
import {
  createScratchWorkspace,
  type ScratchWorkspace,
} from '../../../../packages/testkit/integration/servers/scratch-workspace.ts';
import { prepareStateDirectory } from '../../../../packages/testkit/src/servers/daemon/state-directory.ts';
import { acquire } from '../../../../packages/testkit/src/servers.ts';

vi.setConfig({ testTimeout: 60_000 });

/** No failure may keep a person waiting. */
const PATIENCE_MS = 15_000;

/** Nothing listens there: the port is reserved, see tcpmux in RFC 1078. */
const CLOSED = '127.0.0.1:1';

let scratch: ScratchWorkspace;
beforeAll(async () => {
  scratch = await createScratchWorkspace();
});
afterAll(() => scratch.remove());

async function messageOf(kind: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const { failure, status, stderr, took } = await failureOf(kind, scratch.environment(environment));
  expect(status).toBe(1);
  expect(stderr).toBe('');
  expect(took).toBeLessThan(PATIENCE_MS);
  return failure ?? '';
}

describe('where no server can be had', () => {
  test('without an engine and without Java, both are named, with what was found and what to do', async () => {
    const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock', PATH: '/nowhere', JAVA_HOME: '/nowhere' };
    expect(await messageOf('wiremock', nowhere)).toMatchInlineSnapshot(`
      "WireMock needs Java, and there is none: JAVA_HOME is /nowhere, which has no bin/java, and no folder of PATH has a java. Install Java 11 or later, or start a container engine.
      It was to be embedded because no container engine answers (DOCKER_HOST=unix:///nowhere/docker.sock: does not exist)."
    `);
  });

  test.each([
    ['mariadb', 'MariaDB'],
    ['nats', 'NATS'],
    ['rabbitmq', 'RabbitMQ'],
    ['redis', 'Redis'],
  ])('%s, of which there is no embedded one, says what else there is', async (kind, title) => {
    expect(await messageOf(kind, { DOCKER_HOST: 'unix:///nowhere/docker.sock' })).toBe(
      `There is no embedded ${title}. Start a container engine, or give a running server by TESTKIT_${kind.toUpperCase()}_URL.\n` +
        'It was to be embedded because no container engine answers (DOCKER_HOST=unix:///nowhere/docker.sock: does not exist).',
    );
  });

  test('an engine that was asked for and does not answer is not a reason to use something else', async () => {
    const unreachable = { TESTKIT_RUNTIME: 'containers', DOCKER_HOST: `tcp://${CLOSED}` };
    expect(await messageOf('postgres', unreachable)).toMatchInlineSnapshot(
      `"Servers were to be started in containers, but no container engine answers (DOCKER_HOST=tcp://127.0.0.1:1: connection refused, so nothing listens there). Start the engine or correct its address, or set TESTKIT_RUNTIME=embedded to do without."`,
    );
  });

  test('an address of an engine that is not an address', async () => {
    const wrong = { TESTKIT_RUNTIME: 'containers', DOCKER_HOST: 'ssh://host' };
    expect(await messageOf('postgres', wrong)).toMatchInlineSnapshot(
      `"Servers were to be started in containers, but no container engine answers (DOCKER_HOST=ssh://host: Testcontainers does not speak ssh://). Start the engine or correct its address, or set TESTKIT_RUNTIME=embedded to do without."`,
    );
  });

  test('a runtime that there is not', async () => {
    expect(await messageOf('postgres', { TESTKIT_RUNTIME: 'docker' })).toMatchInlineSnapshot(
      `"TESTKIT_RUNTIME is "docker". Set it to containers or embedded, or unset it: then containers are used where a container engine answers."`,
    );
  });
});

describe('where the daemon cannot have its private directory', () => {
  test('the folder for temporary files is not there', async () => {
    expect(await messageOf('postgres', { TESTKIT_RUNTIME: 'embedded', TMPDIR: '/nowhere' })).toMatchInlineSnapshot(
      `"The folder for temporary files, /nowhere, is not there: ENOENT: no such file or directory, lstat '/nowhere'. Make it, or set TMPDIR to one that this user may write."`,
    );
  });

  test('the folder for temporary files cannot be written, not even by root', async () => {
    const message = await messageOf('postgres', { TESTKIT_RUNTIME: 'embedded', TMPDIR: '/proc' });
    expect(withoutNames(message)).toMatchInlineSnapshot(`
      "The testkit's server daemon, which holds the servers, ended with status 1 before it answered. It said:
      The testkit could not make its directory /proc/splitlevel-USER-ID: ENOENT: no such file or directory, mkdir '/proc/splitlevel-USER-ID'. Set TMPDIR to a folder that this user may write."
    `);
  });

  test('the path of the folder for temporary files is too long for a socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'testkit-'.padEnd(80, 'x')));
    const message = await messageOf('postgres', { TESTKIT_RUNTIME: 'embedded', TMPDIR: folder });
    await rm(folder, { recursive: true });
    expect(message).toMatch(/would have a path of more than 100 bytes.* Set TMPDIR to a folder with a shorter path\.$/);
  });

  test('others may enter it', async () => {
    const stateDirectory = await mkdtemp(join(tmpdir(), 'testkit-'));
    await chmod(stateDirectory, 0o755);
    expect(() => prepareStateDirectory({ stateDirectory })).toThrow(
      `The testkit's directory ${stateDirectory} is open to other users (mode 755), who could answer in the servers' place. Remove it, or run: chmod 700 ${stateDirectory}`,
    );
    await rm(stateDirectory, { recursive: true });
  });

  test('it belongs to somebody else', async () => {
    const stateDirectory = await somebodyElsesDirectory();
    expect(() => prepareStateDirectory({ stateDirectory })).toThrow(
      /^The testkit's directory .* belongs to user \d+, not to you \(\d+\); whoever owns it could answer in the servers' place\. Remove it, or set TMPDIR to a folder of your own\.$/,
    );
  });

  test('it is a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'testkit-'));
    const stateDirectory = join(folder, 'state');
    await writeFile(stateDirectory, '');
    expect(() => prepareStateDirectory({ stateDirectory })).toThrow('but it is not a directory. Remove it.');
    await rm(folder, { recursive: true });
  });
});

describe('where the pinned images cannot be read', () => {
  test.each([
    ['{', /could not be read from .*images\.json: .*It must be a JSON object of images by kind/],
    ['["postgres"]', /images\.json must be a JSON object of images by kind, for example/],
  ])('images.json is %s', async (text, expected) => {
    const broken = await createScratchWorkspace();
    await writeFile(join(broken.root, 'images.json'), text);
    const { failure, status } = await failureOf('postgres', broken.environment({ TESTKIT_RUNTIME: 'embedded' }));
    await broken.remove();
    expect(failure).toMatch(expected);
    expect(status).toBe(1);
  });
});

describe('where a server was given by its URL', () => {
  test('a PostgreSQL that does not answer, without its password', async () => {
    const url = `postgres://tester:secret@${CLOSED}/postgres`;
    expect(await messageOf('postgres', { TESTKIT_POSTGRES_URL: url })).toMatchInlineSnapshot(
      `"TESTKIT_POSTGRES_URL names postgres://tester@127.0.0.1:1/postgres, which gave no answer: connect ECONNREFUSED 127.0.0.1:1. Start that server, correct the URL, or unset TESTKIT_POSTGRES_URL so that the testkit starts one."`,
    );
  });

  test('a user who is not a superuser', async () => {
    const { url } = await acquire('postgres');
    const client = new pg.Client(url);
    await client.connect();
    const name = `plain_${process.pid}`;
    await client.query(`CREATE ROLE ${name} LOGIN PASSWORD 'plain'`);
    const plain = new URL(url);
    plain.username = name;
    plain.password = 'plain';
    const message = await messageOf('postgres', { TESTKIT_POSTGRES_URL: plain.href });
    await client.query(`DROP ROLE ${name}`);
    await client.end();
    expect(message.replaceAll(name, 'USER').replace(plain.host, 'HOST')).toMatchInlineSnapshot(
      `"TESTKIT_POSTGRES_URL names postgres://USER@HOST/postgres, but its user USER is not a superuser, and only a superuser may make the databases, roles and extensions of the tests. Put a superuser into the URL, or unset TESTKIT_POSTGRES_URL so that the testkit starts a server."`,
    );
  });

  test('a web server that is not WireMock', async () => {
    const other = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const message = await messageOf('wiremock', { TESTKIT_WIREMOCK_URL: `http://127.0.0.1:${port}` });
    await new Promise((resolve) => other.close(resolve));
    expect(message.replaceAll(String(port), 'PORT')).toMatchInlineSnapshot(
      `"TESTKIT_WIREMOCK_URL names http://127.0.0.1:PORT, where no WireMock answers (http://127.0.0.1:PORT/__admin/version was answered 200 without a version: this is not WireMock 3). Start it, correct the URL, or unset TESTKIT_WIREMOCK_URL so that the testkit starts one."`,
    );
  });

  test('one that does answer is used', async () => {
    const { url, version } = await acquire('wiremock');
    const { failure, status } = await failureOf('wiremock', scratch.environment({ TESTKIT_WIREMOCK_URL: url }));
    expect(version).toMatch(/^3\./);
    expect(failure).toBeUndefined();
    expect(status).toBe(0);
  });
});

/** A directory that is another user's: only root can give one away, and every other user finds root's. */
async function somebodyElsesDirectory(): Promise<string> {
  if (process.getuid?.() !== 0) {
    return '/usr';
  }
  const directory = join(scratch.root, 'another-user');
  await mkdir(directory, { mode: 0o700 });
  await chown(directory, 65534, 65534);
  return directory;
}

function withoutNames(message: string): string {
  return message.replaceAll(/splitlevel-\d+-[0-9a-f]{12}/g, 'splitlevel-USER-ID');
}
