import { existsSync } from 'node:fs';
import { cp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { ScratchWorkspace } from '../scratch-workspace.ts';

/** The path of the forges' caches that has results of tasks. */
export const RESULTS = '.nx/kept/';

/**
 * Makes the folder a clone as forges make it: of the commit alone, or of all branches with their history. Nothing that was
 * there stays but `node_modules`, which stands for what `npm ci` installs.
 * @param remote the bare repository
 * @param depth how many commits are fetched; 0: all
 */
export async function checkOut(machine: ScratchWorkspace, remote: string, commit: string, depth: number) {
  for (const name of await readdir(machine.root)) {
    if (name !== 'node_modules') {
      await rm(join(machine.root, name), { recursive: true, force: true });
    }
  }
  const script = [
    'git init --quiet --initial-branch machine',
    `git remote add origin "file://${remote}"`,
    depth > 0
      ? `git fetch --quiet --depth ${depth} origin ${commit}`
      : `git fetch --quiet origin ${commit} '+refs/heads/*:refs/remotes/origin/*'`,
    `git checkout --quiet --detach ${commit}`,
  ].join('\n');
  const { code, stderr } = await machine.run('bash', ['-ec', script]);
  if (code !== 0) {
    throw new Error(`The commit ${commit} could not be checked out.\n${stderr}`);
  }
}

/** Lays the modules into the machine's folder, as `npm ci` does, or out of it, as on a machine that installs nothing. */
export async function setInstalled(machine: ScratchWorkspace, installed: boolean): Promise<void> {
  const places = [`${machine.root}-modules`, join(machine.root, 'node_modules')] as const;
  const [from, to] = installed ? places : places.toReversed();
  if (existsSync(from as string)) {
    await rename(from as string, to as string);
  }
}

/** The PATH of a machine whose own Node is the one that these tests run on. */
export function nodePath(machine: ScratchWorkspace): string {
  return [join(machine.root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
}

/** Copies a file or folder; one that is not there is no error, as with the forges' caches and artifacts. */
export async function copyIfThere(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error) => {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  });
}
