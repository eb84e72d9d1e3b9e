import { originals } from '@splitlevel/guards/originals';

/**
 * Expects that work comes to an end in time, whichever: a result or an error. Work that does not end hangs, and the
 * test that would wait for it is not told why.
 * @param milliseconds that it may take on a busy machine: the time-outs of the code under test, and some more
 * @returns what `work` comes to
 * @throws {Error} when it does not come to an end in time, or the error that `work` comes to
 */
export async function expectAnswerWithin<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const error = new Error(
    `No answer within ${milliseconds} ms. Something waits without a time-out, or is tried again without end: ` +
      'every wait for a connection, a statement, a lock or an upstream needs a bound of its own.',
  );
  Error.captureStackTrace(error, expectAnswerWithin);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = originals.setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    originals.clearTimeout(timer);
  }
}
