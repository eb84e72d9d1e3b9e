import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from './server.ts';

/** The file in the workspace's cache that says for which runtime Nx last computed cache keys. */
const NAME = 'runtime-of-nx';

/** Remembers what Nx was told. Where it cannot be remembered, it is not checked. */
export function recordRuntime(cache: string | undefined, runtime: Runtime): void {
  if (cache === undefined) {
    return;
  }
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, NAME), runtime);
  } catch {
    // A workspace that is read only.
  }
}

/**
 * Refuses a task of Nx whose servers would come from elsewhere than its cache key says: an engine that ended after the
 * keys were computed would otherwise have runs on embedded servers stored as runs on containers.
 *
 * @param runtime Where the servers of the run come from, as nobody chose it.
 * @throws {Error} when that is not what Nx was told.
 */
export function checkRuntimeOfNx(cache: string | undefined, runtime: Runtime, environment: NodeJS.ProcessEnv): void {
  if (cache === undefined || environment.NX_TASK_TARGET_TARGET === undefined) {
    return;
  }
  const recorded = readRecord(join(cache, NAME));
  if (recorded === undefined || recorded === runtime) {
    return;
  }
  throw new Error(
    `Nx computed the cache key of this task for ${describe(recorded)}, but now this run would use ${describe(runtime)}: a container engine was started or ended meanwhile. Run the command again.`,
  );
}

function readRecord(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function describe(runtime: string): string {
  return runtime === 'containers' ? 'servers in containers' : 'embedded servers';
}
