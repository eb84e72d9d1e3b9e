import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  baseOf,
  diskOf,
  hashOf,
  hasRecord,
  loadGenerators,
  lockWorkspace,
  messageOf,
  type ReplayDesk,
  type RunRecord,
  readRuns,
  remake,
  scratchFolder,
  type Workspace,
} from '@splitlevel/generators/engine';
import type { GeneratedFile, GeneratedFolder } from './repository.ts';

type Files = ReadonlyMap<string, Buffer>;

/** Compares every folder that has a record with what its runs make today, from the same answers and offline. */
export async function regenerate(workspace: Workspace): Promise<readonly GeneratedFolder[]> {
  const generators = await loadGenerators(workspace.root);
  const scratch = scratchFolder(workspace.root);
  const unlock = await lockWorkspace(scratch, () => console.error('Waiting for a generator run to end…'));
  try {
    const disk = diskOf(workspace.root);
    const found: GeneratedFolder[] = [];
    for (const [name, folder] of workspace.projects) {
      if (hasRecord(folder, disk)) {
        found.push({ package: name, folder, ...(await compare(folder, { workspace, generators, scratch })) });
      }
    }
    return found;
  } finally {
    unlock();
  }
}

type Comparison = Omit<GeneratedFolder, 'package' | 'folder'>;

async function compare(folder: string, desk: ReplayDesk): Promise<Comparison> {
  const { root } = desk.workspace;
  let runs: readonly RunRecord[] = [];
  try {
    runs = readRuns(folder, diskOf(root));
    const { files } = await remake(folder, runs, desk);
    return { ...factsOf(runs), problem: undefined, files: filesOf(root, folder, baseOf(runs), files) };
  } catch (error) {
    return { ...factsOf(runs), problem: messageOf(error), files: filesOf(root, folder, baseOf(runs), baseOf(runs)) };
  }
}

function factsOf([first]: readonly RunRecord[]): Pick<Comparison, 'generator' | 'version'> {
  return { generator: first?.generator ?? 'a generator', version: first?.version ?? '' };
}

function filesOf(root: string, folder: string, made: Files, today: Files): readonly GeneratedFile[] {
  const paths = new Set([...made.keys(), ...today.keys()]);
  const hash = (content: Buffer | undefined) => content && hashOf(content);
  return [...paths].toSorted().map((path): GeneratedFile => {
    const file = join(root, folder, path);
    const now = existsSync(file) ? readFileSync(file) : undefined;
    return { path, made: hash(made.get(path)), now: hash(now), today: hash(today.get(path)) };
  });
}
