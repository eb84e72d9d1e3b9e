import { diagnose } from '../../servers/acquire.ts';
import type { ServerKind } from '../../servers/server-kind.ts';
import { TestError } from './test-error.ts';

/**
 * An error of the testkit's own work on a server: what was being done, the server's words, what to do.
 * @param remedy what lies behind it and what to do, if that is known.
 */
export function errorOf(doing: string, cause: unknown, remedy: string | undefined): Error {
  const { message, code } = cause as NodeJS.ErrnoException;
  const words = cause instanceof Error ? message || code : String(cause);
  return new Error(`${doing}: ${words}${remedy === undefined ? '' : `\n${remedy}`}`, { cause });
}

/** Does work on a server. An error is told with what was being done where the server is not well, or else as it is. */
export async function withDiagnosis<T>(server: ServerKind, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const diagnosis = cause instanceof TestError ? undefined : await diagnose(server);
    throw diagnosis === undefined ? cause : errorOf(doing, cause, diagnosis);
  }
}
