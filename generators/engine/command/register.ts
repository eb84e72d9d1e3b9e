import type { NodePlopAPI } from 'plop';
import type { Inquirer } from '../answers/questions.ts';
import { loadGenerators } from '../load-generators.ts';
import { managerOf } from '../package-manager/managers.ts';
import { readWorkspace } from '../workspace.ts';
import { command } from './command.ts';

/** Plop hands its Inquirer to plopfiles without saying so in its types. */
type Passthrough = NodePlopAPI & { readonly inquirer: Inquirer };

/**
 * Registers the pack's generators, and the workspace's own beside them. Plop starts the one that is named first on the
 * command line; every other command line (no generator, an unknown one, flags first) is answered here, because Plop
 * would answer it without exit codes, suggestions or JSON.
 * @param folder the workspace.
 */
export async function registerGenerators(plop: NodePlopAPI, folder: string): Promise<void> {
  const generators = await loadGenerators(folder);
  const args = process.argv.slice(2);
  const { inquirer } = plop as Passthrough;
  const start = () => command(args, generators, () => readWorkspace(folder), inquirer, managerOf(folder));
  for (const { name, description } of generators) {
    plop.setGenerator(name, { description, prompts: start, actions: [] });
  }
  if (!generators.some(({ name }) => name === args[0])) {
    await start();
  }
}
