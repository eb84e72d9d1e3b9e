import { sleep } from '@splitlevel/guards/originals';

/** Milliseconds that what was begun in a test gets to come to its end after it. */
export const GRACE_MS = 300;
/** Most ends take a moment: the first looks come soon after each other. */
const STEPS = [1, 2, 4, 8];
const LAST_STEP_MS = 20;

/** Waits until something is free, for a moment only, in milliseconds. Resolves with whether it is. */
export async function waitBriefly(isFree: () => Promise<boolean>, moment = GRACE_MS): Promise<boolean> {
  for (let waited = 0, look = 0; waited <= moment; look++) {
    if (await isFree()) {
      return true;
    }
    const step = STEPS[look] ?? LAST_STEP_MS;
    await sleep(step);
    waited += step;
  }
  return false;
}
