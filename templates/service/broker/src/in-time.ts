import { UnavailableError } from './errors.ts';

/**
 * What `work` comes to, unless it takes too long; then it goes on, and what it comes to is dropped.
 *
 * @param what is done, for the message: `'publishing'`
 * @throws {UnavailableError} also in place of what `work` throws
 */
export async function inTime<Result>(what: string, timeoutMs: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw new UnavailableError(`the broker does not answer: ${what} failed`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
