import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CopiedPackage, copyWorkspace, scratchFolder, type Workspace } from '@splitlevel/generators/engine';
import type { Subject } from './read-subject.ts';
import type { FileText, Level, Look } from './trial/messages.ts';
import { SuiteProcess } from './trial/suite-process.ts';

/** Copies of the workspace, one for each core, and the processes that run the suites of a package in them. */
export interface Desk {
  readonly processes: Readonly<Record<Level, readonly SuiteProcess[]>>;
  /**
   * Runs a suite as it is.
   * @param texts the package's code, which tells what is reached
   * @throws {Failure} when it cannot be run
   */
  look(level: Level, texts: readonly FileText[]): Promise<Look>;
  close(): Promise<void>;
}

export function openDesk(workspace: Workspace, { folder }: Subject): Desk {
  const packages = packagesOf(workspace);
  const scratch = scratchFolder(workspace.root);
  const copies = Array.from({ length: availableParallelism() }, () => copyWorkspace(workspace.root, packages, scratch));
  const processesOf = (level: Level) =>
    copies.map(({ root: copy }) => new SuiteProcess({ root: workspace.root, copy, folder, level }));
  const processes = { unit: processesOf('unit'), integration: processesOf('integration') };
  return {
    processes,
    look: (level, texts) => {
      const [first] = processes[level];
      // biome-ignore lint/style/noNonNullAssertion: there is at least one copy.
      return first!.look(texts);
    },
    close: async () => {
      await Promise.all([...processes.unit, ...processes.integration].map((suite) => suite.end()));
      for (const copy of copies) {
        copy.remove();
      }
    },
  };
}

/** All packages of the workspace: those that the package imports must lie in its copy too. */
function packagesOf({ root, projects }: Workspace): readonly CopiedPackage[] {
  return [...new Set(projects.values())]
    .filter((folder) => folder !== '.')
    .map((folder) => {
      const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name?: string };
      return { folder, name };
    });
}
