import { randomBytes } from 'node:crypto';
import { notEmbedded } from '../prerequisites/unavailable.ts';
import { waitUntilReady } from '../readiness.ts';
import type { RunningServer, StartRequest } from '../running-server.ts';
import { findFreePort } from './free-port.ts';

/** How long a server may take to be ready. */
const READY_TIMEOUT_MS = 60_000;

/** A port that was free may be taken before the server has it. */
const ATTEMPTS = 3;
const PORT_TAKEN = /address already in use|failed to bind/i;

/**
 * Starts a server as processes of this machine.
 *
 * @param findPort Where to listen; asked again when somebody else was quicker.
 * @throws {Error} with the server's own last words when it does not get ready.
 */
export async function startEmbedded(request: StartRequest, findPort = findFreePort): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await findPort(), request);
    } catch (error) {
      if (attempt === ATTEMPTS || !PORT_TAKEN.test((error as Error).message)) {
        throw error;
      }
    }
  }
}

async function startOn(port: number, { kind, workspace, password }: StartRequest): Promise<RunningServer> {
  const began = performance.now();
  if (kind.embedded === undefined) {
    throw new Error(notEmbedded(kind));
  }
  const embedded = await kind.embedded({
    password,
    port,
    directory: `${workspace.stateDirectory}-${kind.name}-${randomBytes(6).toString('hex')}`,
    cache: workspace.cache,
  });
  const url = kind.url('127.0.0.1', port, password);
  const ended = new AbortController();
  let end: string | undefined;
  const onEnd = (how: string) => {
    end = how;
    ended.abort();
  };
  embedded.process.once('error', (error) => onEnd(`could not be started: ${error.message}`));
  embedded.process.once('exit', (status, signal) => onEnd(`ended with ${signal ?? `status ${status}`}`));
  try {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(READY_TIMEOUT_MS)]);
    await waitUntilReady(kind.ready, url, embedded.log, signal);
    const version = await kind.version(embedded.log.last(), url);
    return {
      server: { kind: kind.name, url, version, source: 'embedded', identity: `embedded ${version}` },
      startedIn: performance.now() - began,
      isGone: () => end !== undefined,
      state: async () =>
        end === undefined ? undefined : `The embedded ${kind.title} ${end}. It said last:\n${embedded.log.last(10)}`,
      stop: () => embedded.stop(),
    };
  } catch (cause) {
    const what = end ?? `was not ready within ${READY_TIMEOUT_MS / 1000} s`;
    await embedded.stop();
    throw new Error(`The embedded ${kind.title} ${what}. It said last:\n${embedded.log.last(20)}`, { cause });
  }
}
