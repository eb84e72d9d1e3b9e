import { setTimeout as sleep } from 'node:timers/promises';
import { describeClient, isBusy } from './clients.ts';
import type { LeasedDatabase } from './leased-database.ts';

/** A test that ended and left something of its Redis in use. */
export class LeftOpenError extends Error {
  override readonly name = 'LeftOpenError';
}

const REMEDY =
  'End every transaction by EXEC or DISCARD, stop what waits for keys, and close clients when a test ends. What was left ' +
  'was ended; the next test starts clean.';

/** Milliseconds that what was begun in a test gets to come to its end after it. */
const GRACE = 300;
const GRACE_STEP = 20;

/** Waits until something holds, for a moment only. Resolves with whether it does. */
export async function graceFor(holds: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited <= GRACE; waited += GRACE_STEP) {
    if (await holds()) return true;
    await sleep(GRACE_STEP);
  }
  return false;
}

/** Ends what a test left in use. Resolves with the error to fail the test with, or nothing. */
export async function endLeft(database: LeasedDatabase): Promise<LeftOpenError | undefined> {
  const findBusy = async () => (await database.clients()).filter(isBusy);
  if (await graceFor(async () => (await findBusy()).length === 0)) return undefined;
  const busy = await findBusy();
  if (busy.length === 0) return undefined;
  await database.kill(busy);
  return new LeftOpenError(
    `The test ended and left its Redis in use:\n- ${busy.map(describeClient).join('\n- ')}\n${REMEDY}`,
  );
}
