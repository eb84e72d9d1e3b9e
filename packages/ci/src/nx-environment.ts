import { join } from 'node:path';

/**
 * How Nx is run here. No daemon, as on a machine that is fresh; and its plugins in its own process, not in one each: starting
 * those takes longer than all that they do, and the workspace has no plugin that could do harm there.
 */
export const nxEnvironment = { NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' } as const;

/** Nx's own entry, to be run by the Node of this process. */
export const nxProgram = (root: string) => join(root, 'node_modules/nx/dist/bin/nx.js');
