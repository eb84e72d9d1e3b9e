import { statSync } from 'node:fs';
import { tryLock } from './keeper-lock.ts';
import { removeStateDirectory, stateFiles } from './state-directory.ts';
import { openWorkspace } from './workspace.ts';

/**
 * Cleans up after a keeper that ended without doing so, because it was killed. Its embedded servers are on a leash and
 * have ended with it; what is left are its containers and its directory.
 *
 * Arguments: the workspace's root, the keeper's name, and the engine's address if it had used one.
 */
const [root, keeper, endpoint] = process.argv.slice(2);
const workspace = openWorkspace(root);

// Only if no other keeper has taken over.
const lock = tryLock(stateFiles(workspace).lock);
if (lock !== undefined) {
  const { log } = stateFiles(workspace);
  const saidSomething = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0;
  removeStateDirectory(workspace, saidSomething ? [log] : []);
}
if (keeper !== undefined && endpoint !== undefined && endpoint !== '') {
  process.env['DOCKER_HOST'] = endpoint;
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { removeContainersOf } = await import('./containers/remove-containers.ts');
  const client = await getContainerRuntimeClient();
  await removeContainersOf(client.container.dockerode, keeper);
}
