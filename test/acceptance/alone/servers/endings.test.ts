import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { type Client, startClient } from '../../../../packages/testkit/integration/servers/client-process.ts';
import {
  createScratchWorkspace,
  nothing,
  type ScratchWorkspace,
} from '../../../../packages/testkit/integration/servers/scratch-workspace.ts';

/** After this many milliseconds nothing may be left, however a run ended. */
const CLEAN = 60_000;

/** What may happen to a run that uses both servers. */
const endings: Readonly<Record<string, (client: Client, scratch: ScratchWorkspace) => Promise<unknown>>> = {
  'it ends': (client) => client.end(),
  'it fails': async (client) => {
    client.child.stdin?.write('crash\n');
    expect((await client.end()).status).toBe(1);
  },
  'it is interrupted by Ctrl-C': (client) => signalGroup(client, 'SIGINT'),
  'it is killed': (client) => signalGroup(client, 'SIGKILL'),
  'its daemon is killed': async (client, scratch) => {
    process.kill(await daemonOf(scratch), 'SIGKILL');
    await client.end();
  },
};

/** Milliseconds after which something happens to a run whose servers are starting. */
const moments = [50, 150, 300, 500, 800, 1200];

describe.each(['containers', 'embedded'] as const)('nothing is left of servers from %s', (runtime) => {
  test.concurrent.each(Object.keys(endings))('when %s', async (name) => {
    const scratch = await createScratchWorkspace();
    const client = startClient(['postgres', 'wiremock', '--hold'], scratch.environment({ TESTKIT_RUNTIME: runtime }));
    expect((await client.next()).failure).toBeUndefined();
    expect((await client.next()).failure).toBeUndefined();
    expect(await scratch.leftovers()).not.toEqual(nothing);

    await endings[name]?.(client, scratch);

    await expectNothing(scratch);
  });

  test.concurrent.each(moments)('when the run is killed %i ms after it asked for them', async (moment) => {
    const scratch = await createScratchWorkspace();
    const client = startClient(['postgres', 'wiremock'], scratch.environment({ TESTKIT_RUNTIME: runtime }));
    await sleep(moment);
    await signalGroup(client, 'SIGKILL');
    await expectNothing(scratch);
  });

  test.concurrent.each(moments)('when the daemon is killed %i ms after it began', async (moment) => {
    const scratch = await createScratchWorkspace();
    const client = startClient(['postgres', 'wiremock'], scratch.environment({ TESTKIT_RUNTIME: runtime }));
    const daemon = await daemonOf(scratch);
    await sleep(moment);
    process.kill(daemon, 'SIGKILL');
    await signalGroup(client, 'SIGKILL');
    await expectNothing(scratch);
  });

  test.concurrent('by the next run at the latest, when all of it is killed at once', async () => {
    const scratch = await createScratchWorkspace();
    const environment = scratch.environment({ TESTKIT_RUNTIME: runtime });
    const client = startClient(['postgres', 'wiremock', '--hold'], environment);
    await Promise.all([client.next(), client.next()]);
    const { processes } = await scratch.leftovers();
    await signalGroup(client, 'SIGKILL');
    for (const line of processes) {
      kill(Number.parseInt(line, 10));
    }
    await vi.waitFor(async () => expect(await scratch.leftovers()).toMatchObject({ processes: [], containers: [] }), {
      timeout: CLEAN,
      interval: 500,
    });

    const next = startClient(['postgres'], environment);
    expect((await next.next()).failure).toBeUndefined();
    await next.end();
    await expectNothing(scratch);
  });
});

async function expectNothing(scratch: ScratchWorkspace): Promise<void> {
  await vi.waitFor(async () => expect(await scratch.leftovers()).toEqual(nothing), { timeout: CLEAN, interval: 500 });
  await scratch.remove();
}

async function daemonOf(scratch: ScratchWorkspace): Promise<number> {
  return vi.waitFor(
    async () => {
      const { processes } = await scratch.leftovers();
      const line = processes.find((command) => command.includes('daemon/server-daemon.ts'));
      if (line === undefined) {
        throw new Error('There is no daemon.');
      }
      return Number.parseInt(line, 10);
    },
    { timeout: 10_000, interval: 20 },
  );
}

async function signalGroup(client: Client, signal: NodeJS.Signals): Promise<void> {
  if (client.child.pid === undefined) {
    throw new Error('The client did not start.');
  }
  kill(-client.child.pid, signal);
  await client.end();
}

function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
