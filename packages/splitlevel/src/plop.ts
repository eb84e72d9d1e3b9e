import { registerGenerators } from '@splitlevel/generators/command';
import type { NodePlopAPI } from 'plop';

/** The plopfile of a repository: registers the generators of the standard, and the repository's own of `generators/`. */
export default async function plopfile(plop: NodePlopAPI): Promise<void> {
  // Plop reports a plopfile that throws, but exits 0. A run sets its own code.
  process.exitCode = 1;
  await registerGenerators(plop, plop.getPlopfilePath());
}
