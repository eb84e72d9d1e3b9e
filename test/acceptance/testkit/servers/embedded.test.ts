import { cp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { createScratchWorkspace, nothing } from '../../../../packages/testkit/integration/servers/scratch-workspace.ts';
import {
  findBinaries,
  startPostgres,
} from '../../../../packages/testkit/src/kinds/postgres/server/embedded-postgres.ts';
import { type ServerName, serverKindOf } from '../../../../packages/testkit/src/kinds/table.ts';
import { findFreePort } from '../../../../packages/testkit/src/servers/embedded/free-port.ts';
import { startEmbedded } from '../../../../packages/testkit/src/servers/embedded/start-embedded.ts';
import { openWorkspace } from '../../../../packages/testkit/src/servers/workspace.ts';

vi.setConfig({ testTimeout: 60_000 });

test.each(['postgres', 'wiremock'] as const)('an embedded %s whose port was taken listens on another', async (kind) => {
  const scratch = await createScratchWorkspace();
  const taken = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const ports = [port, await findFreePort()];

  const running = await startEmbedded(requestFor(kind, scratch.root), async () => ports.shift() ?? 0);
  expect(Number(new URL(running.server.url).port)).not.toBe(port);
  expect(await running.state()).toBeUndefined();
  expect(ports).toEqual([]);

  await running.stop();
  await new Promise((resolve) => taken.close(resolve));
  expect(await scratch.leftovers()).toEqual(nothing);
  await scratch.remove();
});

test('an embedded server that cannot start says why, and leaves nothing', async () => {
  const scratch = await createScratchWorkspace();
  const taken = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;

  await expect(startEmbedded(requestFor('postgres', scratch.root), async () => port)).rejects.toThrow(
    /^The embedded PostgreSQL ended with status 1\. It said last:\n.*Address already in use/s,
  );

  await new Promise((resolve) => taken.close(resolve));
  expect(await scratch.leftovers()).toEqual(nothing);
  await scratch.remove();
});

test('root starts PostgreSQL as another user, also from a folder which that user may not enter', async () => {
  const scratch = await createScratchWorkspace();
  const installed = join(scratch.root, 'native');
  await cp(dirname(findBinaries()), installed, { recursive: true, verbatimSymlinks: true });
  const directory = `${scratch.stateDirectory}-postgres-private`;
  const port = await findFreePort();

  const start = { password: 'secret', port, directory, cache: undefined };
  const { log, stop } = await startPostgres(start, join(installed, 'bin'));
  await log.waitFor(/ready to accept connections/, AbortSignal.timeout(30_000));
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: 'secret', database: 'postgres' });
  await client.connect();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await client.end();

  await stop();
  await scratch.remove();
  expect(await scratch.leftovers()).toEqual(nothing);
});

function requestFor(kind: ServerName, root: string) {
  return {
    kind: serverKindOf(kind),
    runtime: 'embedded' as const,
    workspace: openWorkspace(root),
    daemon: 'this test',
    password: crypto.randomUUID(),
    progress: () => undefined,
    onEngine: () => undefined,
  };
}
