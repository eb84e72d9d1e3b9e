import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import type { NodePlopAPI } from 'plop';

/** Registers the generators: each folder of generators/ that has a generator.ts. */
export default async function plopfile(plop: NodePlopAPI): Promise<void> {
  // Plop reports a plopfile that throws, but exits 0. A run sets its own code.
  process.exitCode = 1;
  // Node then strips the types of the engine once, not in every run: a sixth of a run's time. Where the temporary folder
  // is not there, Node would make it, or try for ever.
  if (existsSync(tmpdir())) enableCompileCache();
  const { registerGenerators } = await import('./generators/engine/command/register.ts');
  await registerGenerators(plop, import.meta.dirname);
}
