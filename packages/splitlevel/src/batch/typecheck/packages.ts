import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BatchTask } from '../task.ts';
import { type Configuration, parseConfiguration } from './configuration.ts';

/** A package that may share a program, and its task. */
export interface Package extends Configuration {
  readonly task: BatchTask;
}

/** The packages among those of the tasks that may share a program with those of the same shared configuration. */
export async function sharingPackages(root: string, tasks: readonly BatchTask[]): Promise<readonly Package[]> {
  const common = await typesIn(root);
  const packages = await Promise.all(
    tasks
      .filter((task) => !tasks.some((other) => other !== task && `${other.folder}/`.startsWith(`${task.folder}/`)))
      .map(async (task) => {
        const path = join(root, task.folder, 'tsconfig.json');
        const configuration = parseConfiguration(await readFile(path, 'utf8').catch(() => ''), task.folder);
        return configuration && (await hasTypesOf(common, root, task.folder)) ? [{ ...configuration, task }] : [];
      }),
  );
  return packages.flat();
}

/** Whether `@types` in the package's own node_modules, or above them, are the root's, as package managers link them. */
async function hasTypesOf(common: ReadonlyMap<string, string>, root: string, folder: string): Promise<boolean> {
  if (folder === '.') {
    return true;
  }
  const own = await typesIn(join(root, folder));
  return (
    [...own].every(([name, path]) => common.get(name) === path) && (await hasTypesOf(common, root, dirname(folder)))
  );
}

/** What is in the folder's `node_modules/@types`: where each entry is. */
async function typesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const types = join(folder, 'node_modules/@types');
  const names = await readdir(types).catch(() => []);
  const entries = names.map(async (name) => [name, await realpath(join(types, name)).catch(() => '')] as const);
  return new Map(await Promise.all(entries));
}
