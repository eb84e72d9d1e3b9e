import { openFaultProxy, targetOf } from './fault-proxy.ts';
import { type Faults, refuseFaults, ServerFaults } from './server-faults.ts';

/** The way of the code under test to a database. */
export interface DatabaseWay {
  /** What the code under test is given. */
  readonly url: string;
  readonly faults: Faults;
  close(): Promise<void>;
}

/**
 * Opens a way on which faults can be put, or the direct one where a proxy cannot stand in it.
 * @param url of the database
 * @param obstacle why a proxy cannot stand in its way, as it follows "because"
 */
export async function openDatabaseWay(
  url: string,
  { defaultPort, obstacle }: { readonly defaultPort: number; readonly obstacle: string | undefined },
): Promise<DatabaseWay> {
  if (obstacle !== undefined) {
    return { url, faults: refuseFaults(obstacle), close: async () => {} };
  }
  const proxy = await openFaultProxy(targetOf(url, defaultPort));
  return { url: proxy.through(url), faults: new ServerFaults(proxy), close: () => proxy.close() };
}
