/**
 * What `work` comes to, unless the signal is aborted before; then it goes on, and what it comes to is dropped. Keeps nothing
 * of it at the signal, which may be there for as long as the process.
 *
 * @throws {Error} the reason of the signal
 */
export async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) {
    onAbort();
  }
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
