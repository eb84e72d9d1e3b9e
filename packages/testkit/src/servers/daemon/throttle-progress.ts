import { now as originalNow } from '@splitlevel/guards/originals';

/** How often messages about the same step are passed on. */
const INTERVAL_MS = 5000;

/**
 * Passes on the first text of a key at once and later ones now and then: whole lines and few of them stay readable in a
 * log, and in a terminal where Vitest redraws what it wrote.
 *
 * @param now Milliseconds that only grow.
 */
export function throttleProgress(
  tell: (text: string) => void,
  now: () => number = originalNow,
): (text: string, key: string) => void {
  const told = new Map<string, number>();
  return (text, key) => {
    const last = told.get(key);
    if (last !== undefined && now() - last < INTERVAL_MS) {
      return;
    }
    told.set(key, now());
    tell(text);
  };
}
