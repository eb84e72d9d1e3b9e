import { sleep } from '@splitlevel/guards/originals';
import { httpGet } from './http-get.ts';
import type { LogTail } from './log-tail.ts';
import type { Readiness } from './server-kind.ts';

/** How often a server is asked whether it is ready. */
const INTERVAL_MS = 25;

/** How long it may take to answer. */
const ANSWER_TIMEOUT_MS = 1000;

/**
 * Resolves when a server is ready.
 *
 * @param signal Aborted when the server ended or its time is over; its reason is thrown.
 */
export async function waitUntilReady(ready: Readiness, url: string, log: LogTail, signal: AbortSignal): Promise<void> {
  if ('log' in ready) {
    return log.waitFor(ready.log, signal);
  }
  while (true) {
    signal.throwIfAborted();
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    const answer = await httpGet(`${url}${ready.path}`, bounded).catch(() => undefined);
    if (answer?.status === 200) {
      return;
    }
    await sleep(INTERVAL_MS);
  }
}
