import { basename, dirname } from 'node:path';
import type { Answers } from '../engine/answers/options.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { makeLockfile } from '../engine/package-manager/install.ts';
import type { Workspace } from '../engine/workspace.ts';
import { findDestination } from './destination.ts';
import { filesOf } from './files.ts';
import { refuseWithoutIdentity } from './git.ts';
import { type options, resolveDirectory } from './options.ts';
import { writeRepository } from './write.ts';

/**
 * Makes a repository.
 * @throws {Failure} when it cannot be made there, with nothing written.
 */
export async function planRepository(
  { directory, ...answers }: Answers<typeof options>,
  workspace: Workspace,
  { installs, progress }: Desk,
): Promise<Plan> {
  const destination = findDestination(resolveDirectory(directory), workspace.root);
  refuseWithoutIdentity(dirname(destination.folder));
  const title = basename(destination.folder);
  const files = filesOf(title, answers, workspace);
  const message = `Start ${title} on the Splitlevel standard ${workspace.version}`;
  const lock = (folder: string) =>
    installs ? progress.during('Choosing the versions of dependencies', () => makeLockfile(folder)) : Promise.resolve();
  return {
    folder: destination.folder,
    planned: files.map(({ path, content }) => ({ path, fate: 'create', before: undefined, after: content })),
    write: () => writeRepository(destination, files, message, lock),
    installIn: destination.folder,
  };
}
