import { execFile } from 'node:child_process';
import { link, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Gives a workspace the packages of another as hard links, or as copies where the file system has none between the two.
 * Caches that tools keep in `node_modules` stay behind: their files come and go while they are being linked.
 * @param source the other's `node_modules`
 * @param root the workspace, which has none yet
 * @throws {Error} when packages could not be copied; nothing is left of them then.
 */
export async function linkNodeModules(source: string, root: string): Promise<void> {
  const target = join(root, 'node_modules');
  await mkdir(target);
  const kept = (await readdir(source)).filter(
    (name) => !name.startsWith('.') || /^\.(bin|package-lock\.json)$/.test(name),
  );
  const how = (await canLink(join(source, '.package-lock.json'), target)) ? '-al' : '-a';
  try {
    await execute('cp', [how, ...kept.map((name) => join(source, name)), target], { maxBuffer: 1024 * 1024 });
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw new Error(`The packages of ${source} could not be copied to ${target}.`, { cause: error });
  }
}

async function canLink(file: string, folder: string): Promise<boolean> {
  const probe = join(folder, '.link');
  const linked = await link(file, probe).then(
    () => true,
    () => false,
  );
  await rm(probe, { force: true });
  return linked;
}
