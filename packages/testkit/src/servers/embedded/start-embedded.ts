import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kinds/kind.ts';
import { waitUntilReady } from '../readiness.ts';
import type { RunningServer, StartRequest } from '../running-server.ts';

/** How long a server may take to be ready, in milliseconds. */
const READY_TIMEOUT = 60_000;

/** Starts a server as processes of this machine. */
export async function startEmbedded({ kind: kindName, workspace, password }: StartRequest): Promise<RunningServer> {
  const began = performance.now();
  const kind: Kind = kinds[kindName];
  if (kind.embedded === undefined) {
    throw new Error(`There is no embedded ${kind.title}. Start a container engine, or give a server by its URL.`);
  }
  const embedded = await kind.embedded(password, `${workspace.stateDirectory}-${kindName}-`);
  const url = kind.url(embedded.host, embedded.port, password);
  const ended = new AbortController();
  let end: string | undefined;
  embedded.process.once('error', (error) => {
    end = `could not be started: ${error.message}`;
    ended.abort();
  });
  embedded.process.once('exit', (status, signal) => {
    end = `ended with ${signal ?? `status ${status}`}`;
    ended.abort();
  });
  try {
    const late = AbortSignal.timeout(READY_TIMEOUT);
    await waitUntilReady(
      { ...kind.container(password).ready },
      url,
      embedded.log,
      AbortSignal.any([ended.signal, late]),
    );
    const version = await kind.version(embedded.log.last(), url);
    return {
      server: { kind: kindName, url, version, source: 'embedded', identity: `embedded ${version}` },
      startedIn: performance.now() - began,
      state: async () =>
        end === undefined ? undefined : `Its process ${end}. It logged last:\n${embedded.log.last(10)}`,
      stop: () => embedded.stop(),
    };
  } catch (cause) {
    await embedded.stop();
    const what = end ?? `was not ready within ${READY_TIMEOUT / 1000} s`;
    throw new Error(`The embedded ${kind.title} ${what}. It logged last:\n${embedded.log.last(20)}`, { cause });
  }
}
