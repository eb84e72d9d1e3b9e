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

/** Says what lies behind an error of a server, and what to do; undefined if that is not known. */
export type Explain = (cause: unknown) => Promise<string | undefined>;

/** Does the testkit's own work on a server, and tells an error with what was being done and what lies behind it. */
export async function telling<T>(doing: string, explain: Explain, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TestError) {
      throw cause;
    }
    throw errorOf(doing, cause, await explain(cause));
  }
}

/** What lies behind an error is the state of the server, if it is not well. */
export function stateOf(server: ServerKind): Explain {
  return () => diagnose(server).catch(() => undefined);
}
