const longestDelayMs = 1000;

/**
 * How long to wait before the next attempt, in milliseconds: what the other side asked for, or else a random time
 * below a bound that doubles, so that clients that failed together do not come back together.
 *
 * @param attempt the number of the attempt that failed, from 1
 * @param attempts how many there may be
 * @param firstDelayMs the bound after the first attempt
 * @returns undefined when no further attempt is due: there were enough, or the other side asks for too long a wait
 */
export function retryDelay(
  attempt: number,
  attempts: number,
  firstDelayMs: number,
  retryAfterMs?: number,
  random: () => number = Math.random,
): number | undefined {
  if (attempt >= attempts) {
    return undefined;
  }
  if (retryAfterMs !== undefined) {
    return retryAfterMs <= longestDelayMs ? retryAfterMs : undefined;
  }
  return random() * Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
}

/** Reads a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3), as milliseconds from now. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) {
    return undefined;
  }
  if (/^\d{1,9}$/.test(header)) {
    return Number(header) * 1000;
  }
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
