import { sleep } from '@splitlevel/guards/originals';
import { openWorkspace } from '../workspace.ts';
import { tryLock } from './daemon-lock.ts';
import { removeLeftovers, removeStateDirectory, stateFiles } from './state-directory.ts';

/** An engine that is starting anew is waited for: so many attempts, so many milliseconds apart. */
const ATTEMPTS = 20;
const INTERVAL_MS = 3000;

/**
 * Cleans up after a daemon that ended without doing so, because it was killed. Its embedded servers end with it; what is
 * left are its containers and directories.
 *
 * Arguments: the workspace's root, the daemon's name, and the engine's address if it had used one.
 */
const [root, daemon, endpoint] = process.argv.slice(2);
removeDirectories();
if (daemon !== undefined && endpoint !== undefined && endpoint !== '') {
  await removeContainers(daemon, endpoint);
}

/** Only if no other daemon has taken over. */
function removeDirectories(): void {
  const workspace = openWorkspace(root);
  const lock = tryLock(stateFiles(workspace).lock);
  if (lock === undefined) {
    return;
  }
  removeLeftovers(workspace);
  removeStateDirectory(workspace);
  lock.close();
}

async function removeContainers(owner: string, engine: string): Promise<void> {
  process.env.DOCKER_HOST = engine;
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { removeContainersOf } = await import('../containers/remove-containers.ts');
  for (let attempt = 1; ; attempt++) {
    try {
      const client = await getContainerRuntimeClient();
      return await removeContainersOf(client.container.dockerode, owner);
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await sleep(INTERVAL_MS);
    }
  }
}
