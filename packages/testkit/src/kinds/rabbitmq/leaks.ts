import { now, sleep } from '@splitlevel/guards/originals';
import { counted } from '../shared/counted.ts';
import { LeakError } from '../shared/test-error.ts';
import { waitBriefly } from '../shared/wait-briefly.ts';
import type { WorkerHost } from './worker-host.ts';

/** The server's list of connections is late by so many milliseconds at most, or else does without the names. */
const LISTED_MS = 6000;
const STEP_MS = 20;

/**
 * Ends the connections that a test left open. Resolves with the error to fail the test with, or nothing if they have gone by
 * now.
 */
export async function endLeft(host: WorkerHost): Promise<LeakError | undefined> {
  if (await waitBriefly(async () => host.connections === 0)) {
    return undefined;
  }
  const count = host.connections;
  const names = await namesOf(host, count);
  await host.cut();
  const named = names.length === 0 ? '' : ` (${names.join(', ')})`;
  return new LeakError(
    `The test ended and left ${counted(count, 'connection')} to its RabbitMQ open${named}: what ` +
      'consumes there takes the messages of the next test. Close every connection when a test ends, also when an error is ' +
      'thrown. What was left was ended; the next test starts with a new virtual host.',
  );
}

async function namesOf(host: WorkerHost, count: number): Promise<string[]> {
  const deadline = now() + LISTED_MS;
  for (;;) {
    const names = await host.connectionNames();
    if (names.length >= count || now() > deadline) {
      return names;
    }
    await sleep(STEP_MS);
  }
}
