import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Server } from '../../src/servers/acquire.ts';
import { currentRun } from '../../src/servers/run.ts';
import { type Client, startClient } from './client-process.ts';
import { createScratchWorkspace, nothing, type ScratchWorkspace } from './scratch-workspace.ts';

const execute = promisify(execFile);

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

/** The daemon's memory with both servers, in megabytes. */
const MEMORY = 150;

let scratch: ScratchWorkspace;
let clients: Client[];
let servers: Server[][];

beforeAll(async () => {
  scratch = await createScratchWorkspace();
  const { runtime } = await currentRun();
  const environment = scratch.environment({ TESTKIT_RUNTIME: runtime });
  clients = Array.from({ length: 4 }, () => startClient(['postgres', 'wiremock', '--hold'], environment));
  const lines = await Promise.all(clients.map(async (client) => [await client.next(), await client.next()]));
  servers = lines.map((pair) =>
    pair
      .map(({ server, failure }) => {
        if (server === undefined) {
          throw new Error(failure);
        }
        return server;
      })
      .sort((one, other) => one.kind.localeCompare(other.kind)),
  );
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await scratch.remove();
});

test('four processes that ask at the same moment get the same servers', () => {
  const [first, ...others] = servers;
  expect(first?.map(({ kind }) => kind)).toEqual(['postgres', 'wiremock']);
  for (const other of others) {
    expect(other).toEqual(first);
  }
});

test('the servers listen on the loopback interface only, and PostgreSQL has an unguessable password', async () => {
  const [postgres, wiremock] = (servers[0] ?? []).map(({ url }) => new URL(url));
  expect(postgres?.hostname).toBe('127.0.0.1');
  expect(wiremock?.hostname).toBe('127.0.0.1');
  expect(postgres?.password).toMatch(/^[\w-]{24}$/);
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  expect(outside, 'this machine has no address but the loopback').toBeDefined();
  for (const url of [postgres, wiremock]) {
    await expect(connectTo(outside?.address, Number(url?.port))).rejects.toThrow('ECONNREFUSED');
  }
});

test('there is one daemon and one server of a kind', async () => {
  const { runtime } = await currentRun();
  const { processes, containers } = await scratch.leftovers();
  expect(processes.filter((line) => line.includes('daemon/server-daemon.ts'))).toHaveLength(1);
  const names = [`splitlevel-${scratch.id}-postgres`, `splitlevel-${scratch.id}-wiremock`];
  const children = processes
    .filter((line) => / kill-with-parent /.test(line))
    .map((line) => line.match(/-(postgres|wiremock)-\w/)?.[1]);
  expect(containers.toSorted()).toEqual(runtime === 'containers' ? names : []);
  expect([...new Set(children)].toSorted()).toEqual(runtime === 'embedded' ? ['postgres', 'wiremock'] : []);
});

test(`the daemon takes less than ${MEMORY} MB`, async () => {
  const { processes } = await scratch.leftovers();
  const pid = processes.find((line) => line.includes('daemon/server-daemon.ts'))?.split(' ')[0] ?? '';
  const { stdout } = await execute('ps', ['-o', 'rss=', '-p', pid]);
  const megabytes = Number(stdout) / 1000;
  expect(megabytes).toBeGreaterThan(10);
  expect(megabytes).toBeLessThan(MEMORY);
});

test('a server in use is healthy; its state is told when it is not', async () => {
  const [client] = clients;
  expect(await client?.diagnose('postgres')).toBeNull();
  expect(await client?.diagnose('wiremock')).toBeNull();
});

test('a daemon that is asked to end takes its servers and its directory with it, and its clients say so', async () => {
  const { processes } = await scratch.leftovers();
  const pid = Number(processes.find((line) => line.includes('daemon/server-daemon.ts'))?.split(' ')[0]);
  process.kill(pid, 'SIGTERM');
  await vi.waitFor(async () => expect(await scratch.leftovers()).toEqual(nothing), { timeout: 15_000, interval: 100 });
  expect(await clients[0]?.diagnose('postgres')).toMatch(/daemon.* ended while it was needed.*Run the tests again/);
});

function connectTo(host: string | undefined, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve();
    }).on('error', reject);
  });
}
