import { randomBytes } from 'node:crypto';
import { server as postgres } from '../../src/kinds/postgres/server/postgres-server.ts';
import { startEmbedded } from '../../src/servers/embedded/start-embedded.ts';
import { openWorkspace } from '../../src/servers/workspace.ts';

/** A PostgreSQL of a test's own, to be given by TESTKIT_POSTGRES_URL: nobody else is on it. */
export async function startGivenServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const { server, stop } = await startEmbedded({
    kind: postgres,
    runtime: 'embedded',
    workspace: openWorkspace(),
    daemon: randomBytes(8).toString('hex'),
    password: randomBytes(16).toString('hex'),
    progress: () => {},
    onEngine: () => {},
  });
  return { url: server.url, stop };
}
