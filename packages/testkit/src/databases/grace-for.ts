import { sleep } from '../originals.ts';

/** Milliseconds that what was begun in a test gets to come to its end after it. */
export const GRACE = 300;
const GRACE_STEP = 20;

/** Waits until something is free, for a moment only, in milliseconds. Resolves with whether it is. */
export async function graceFor(isFree: () => Promise<boolean>, moment = GRACE): Promise<boolean> {
  for (let waited = 0; waited <= moment; waited += GRACE_STEP) {
    if (await isFree()) return true;
    await sleep(GRACE_STEP);
  }
  return false;
}
