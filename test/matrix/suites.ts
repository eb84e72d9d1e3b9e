import { join } from 'node:path';
import { createScratchWorkspace, type Outcome, repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';

export const targets = ['lint', 'typecheck', 'unit', 'integration'];

/** Nx's cache of all runs of the matrix: a package that is made again as it was is not tested again. */
const cache = join(repositoryRoot, '.nx/matrix');

/** A workspace whose packages are tested with the lasting cache. */
export async function createMatrixWorkspace(): Promise<ScratchWorkspace> {
  const workspace = await createScratchWorkspace();
  // The tests of this repository are not part of the graph there.
  const manifest = JSON.parse(await workspace.read('package.json'));
  delete manifest.nx.targets;
  await workspace.write('package.json', JSON.stringify(manifest));
  return workspace;
}

/** Runs all targets of packages, on containers. */
export async function testPackages(workspace: ScratchWorkspace, packages: readonly string[]): Promise<Outcome> {
  const environment = {
    NX_CACHE_DIRECTORY: join(cache, 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(cache, 'data'),
    TESTKIT_RUNTIME: 'containers',
  };
  const args = ['run-many', '-t', ...targets, '-p', packages.join(','), '--parallel=2'];
  return await workspace.run('nx', args, { environment, timeout: 40 * 60_000 });
}

/** How many tasks a run of Nx had, and how many of them its cache answered, as it says itself. */
export function tasksOf({ stdout }: Outcome): { readonly tasks: number; readonly cached: number } {
  const [, cached, tasks] = /Cache: +(\d+)\/(\d+) hit/.exec(stdout) ?? [];
  return { tasks: Number(tasks), cached: Number(cached) };
}
