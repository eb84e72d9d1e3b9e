import { type ServerName, serverKindOf } from './kinds/table.ts';
import { acquire as acquireServer, type Server } from './servers/acquire.ts';

export { openWorkspace } from './servers/workspace.ts';

/**
 * Finds or starts the workspace's server of a kind. Memoised per process: as long as the process lives, the server
 * does. Does not keep the process alive.
 * @param name as images.json and the environment variables have it.
 * @throws {Error} when no such server can be found or started; the message says what was tried, with what result, and
 * what to do.
 */
export async function acquire(name: ServerName): Promise<Server> {
  return acquireServer(serverKindOf(name));
}
