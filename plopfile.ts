import type { NodePlopAPI } from 'plop';
import { registerGenerators } from './generators/engine/command/register.ts';

/** Registers the generators: each folder of generators/ that has a generator.ts. */
export default async function plopfile(plop: NodePlopAPI): Promise<void> {
  // Plop reports a plopfile that throws, but exits 0. A run sets its own code.
  process.exitCode = 1;
  await registerGenerators(plop, import.meta.dirname);
}
