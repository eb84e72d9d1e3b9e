import { sleep } from '@splitlevel/guards/originals';
import { connectToDaemon, type DaemonConnection } from './daemon/daemon-client.ts';
import { throttleProgress } from './daemon/throttle-progress.ts';
import { currentRun } from './run.ts';
import type { Runtime, Server } from './server.ts';
import { type ServerKind, variableOf } from './server-kind.ts';
import { openWorkspace } from './workspace.ts';

export type { Server } from './server.ts';

/** Milliseconds that a diagnosis may take. */
const DIAGNOSIS_MS = 3000;

const acquired = new Map<string, Promise<Server>>();
/** Questions to the servers that this process had, which can be asked also after they were lost. */
const diagnoses = new Map<string, () => Promise<string | undefined>>();
let daemon: Promise<DaemonConnection> | undefined;

/**
 * Finds or starts the workspace's server of a kind. Memoised per process: as long as the process lives, the server
 * does. Does not keep the process alive.
 *
 * @throws {Error} when no such server can be found or started; the message says what was tried, with what result, and what to
 * do.
 */
export function acquire(kind: ServerKind): Promise<Server> {
  let server = acquired.get(kind.name);
  if (server === undefined) {
    server = find(kind);
    acquired.set(kind.name, server);
    server.catch(() => acquired.delete(kind.name));
  }
  return server;
}

/**
 * When something went wrong with a server that had been acquired: what state it is in now and what to do, as sentences
 * for a person; undefined when it is healthy. Takes 3 s at most. One that is not healthy is asked for anew next time,
 * and started anew when it has ended.
 */
export async function diagnose(kind: ServerKind): Promise<string | undefined> {
  const late = `The ${kind.title} server's state is unknown: nobody said it within ${DIAGNOSIS_MS / 1000} s.`;
  const asked = acquired.get(kind.name);
  const diagnosis = await Promise.race([
    diagnoses
      .get(kind.name)?.()
      .catch((error: Error) => error.message),
    sleep(DIAGNOSIS_MS, late, { ref: false }),
  ]);
  if (diagnosis !== undefined && acquired.get(kind.name) === asked) {
    acquired.delete(kind.name);
  }
  return diagnosis;
}

/** Whether this process ever had the workspace's server of a kind, so that its state can be known. */
export function wasAcquired(kind: ServerKind): boolean {
  return diagnoses.has(kind.name);
}

async function find(kind: ServerKind): Promise<Server> {
  const variable = variableOf(kind);
  const url = process.env[variable];
  return url === undefined || url === '' ? findOwn(kind) : findGiven(kind, variable, url);
}

async function findGiven(kind: ServerKind, variable: string, url: string): Promise<Server> {
  const inspect = () => kind.inspect(url, variable);
  const version = await inspect();
  diagnoses.set(kind.name, () => inspect().then(() => undefined));
  const server: Server = { kind: kind.name, url, version, source: 'url', identity: `given ${version}` };
  const { id: run } = await currentRun().catch(() => ({ id: undefined }));
  if (run !== undefined) {
    await (await connect()).ask({ ask: 'used', server, run });
  }
  return server;
}

async function findOwn(kind: ServerKind): Promise<Server> {
  const connecting = connect();
  connecting.catch(() => undefined);
  const { id: run, runtime, because } = await currentRun();
  const connection = await connecting;
  try {
    const server = (await connection.ask({ ask: 'server', module: kind.module, runtime, run })) as Server;
    diagnoses.set(kind.name, () => askState(connection, kind, runtime));
    return server;
  } catch (cause) {
    if (because === undefined) {
      throw cause;
    }
    throw new Error(`${(cause as Error).message}\nIt was to be embedded because ${because}.`, { cause });
  }
}

async function askState(connection: DaemonConnection, kind: ServerKind, runtime: Runtime): Promise<string | undefined> {
  return ((await connection.ask({ ask: 'state', kind: kind.name, runtime })) as string | null) ?? undefined;
}

function connect(): Promise<DaemonConnection> {
  daemon ??= openConnection();
  daemon.catch(() => {
    daemon = undefined;
  });
  return daemon;
}

async function openConnection(): Promise<DaemonConnection> {
  const connection = await connectToDaemon(openWorkspace());
  connection.onClose = () => {
    daemon = undefined;
    acquired.clear();
  };
  if (process.env.TESTKIT_RUN === undefined) {
    connection.onProgress = throttleProgress((text) => process.stderr.write(`testkit: ${text}\n`));
  }
  return connection;
}
