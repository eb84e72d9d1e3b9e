import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness } from './kinds/kind.ts';
import type { LogTail } from './log-tail.ts';

/** How often a server is asked whether it is ready, in milliseconds. */
const INTERVAL = 25;

/**
 * Resolves when a server is ready.
 *
 * @param signal Aborted when the server ended or its time is over; its reason is thrown.
 */
export async function waitUntilReady(ready: Readiness, url: string, log: LogTail, signal: AbortSignal): Promise<void> {
  if ('log' in ready) return log.waitFor(ready.log, signal);
  while (true) {
    signal.throwIfAborted();
    const answer = await fetch(new URL(ready.path, url), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await sleep(INTERVAL);
  }
}
