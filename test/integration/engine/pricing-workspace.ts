import { cp, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../scratch-workspace.ts';

/** A workspace with the templates and the living example of this one, in which a generator adds to that. */
export interface PricingWorkspace {
  readonly root: string;
  /** The files of a folder, as paths from the root. */
  filesIn(folder: string): Promise<string[]>;
  remove(): Promise<void>;
}

export async function createPricingWorkspace(): Promise<PricingWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-pricing-')));
  for (const path of ['package.json', 'biome.json', 'images.json', 'templates', 'packages/pricing']) {
    await cp(join(repositoryRoot, path), join(root, path), { recursive: true });
  }
  await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    async filesIn(folder) {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
      return files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
