import { LeakError } from '../shared/test-error.ts';
import { waitBriefly } from '../shared/wait-briefly.ts';
import { describeClient, isBusy } from './clients.ts';
import type { LeasedDatabase } from './leased-database.ts';

const REMEDY =
  'End every transaction by EXEC or DISCARD, stop what waits for keys, unsubscribe, and close clients when a test ends. What was left ' +
  'was ended; the next test starts clean.';

/** Ends what a test left in use. Resolves with the error to fail the test with, or nothing. */
export async function endLeft(database: LeasedDatabase): Promise<LeakError | undefined> {
  const findBusy = async () => (await database.clients()).filter(isBusy);
  if (await waitBriefly(async () => (await findBusy()).length === 0)) {
    return undefined;
  }
  const busy = await findBusy();
  if (busy.length === 0) {
    return undefined;
  }
  await database.kill(busy);
  return new LeakError(
    `The test ended and left its Redis in use:\n- ${busy.map(describeClient).join('\n- ')}\n${REMEDY}`,
  );
}
