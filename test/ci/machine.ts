import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScratchWorkspace } from '../scratch-workspace.ts';

/**
 * Makes the folder a clone as forges make it: of the commit alone, or of all branches with their history. Nothing that was
 * there stays but `node_modules`, which stands for what `npm ci` installs.
 * @param remote the bare repository
 * @param depth how many commits are fetched; 0: all
 */
export async function checkOut(machine: ScratchWorkspace, remote: string, commit: string, depth: number) {
  for (const name of await readdir(machine.root))
    if (name !== 'node_modules') await rm(join(machine.root, name), { recursive: true, force: true });
  const script = [
    'git init --quiet --initial-branch machine',
    `git remote add origin "file://${remote}"`,
    depth > 0
      ? `git fetch --quiet --depth ${depth} origin ${commit}`
      : `git fetch --quiet origin ${commit} '+refs/heads/*:refs/remotes/origin/*'`,
    `git checkout --quiet --detach ${commit}`,
  ].join('\n');
  const { code, stderr } = await machine.run('bash', ['-ec', script]);
  if (code !== 0) throw new Error(`The commit ${commit} could not be checked out.\n${stderr}`);
}

/** Copies a file or folder; one that is not there is no error, as with the forges' caches and artifacts. */
export async function copyIfThere(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
