import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NodePlopAPI } from 'plop';
import { command } from './command.ts';
import type { Generator } from './generator.ts';
import type { Inquirer } from './questions.ts';

/** Plop hands its Inquirer to plopfiles without saying so in its types. */
type Passthrough = NodePlopAPI & { readonly inquirer: Inquirer };

/**
 * Registers every folder of `generators/` that has a `generator.ts`. Plop starts the one that is named first on the
 * command line; every other command line (no generator, an unknown one, flags first) is answered here, because Plop
 * would answer it without exit codes, suggestions or JSON.
 * @param folder the workspace.
 */
export async function registerGenerators(plop: NodePlopAPI, folder: string): Promise<void> {
  const generators = await loadGenerators(join(folder, 'generators'));
  const args = process.argv.slice(2);
  const start = () => command(args, generators, folder, (plop as Passthrough).inquirer);
  for (const { name, description } of generators) {
    plop.setGenerator(name, { description, prompts: start, actions: [] });
  }
  if (!generators.some(({ name }) => name === args[0])) {
    await start();
  }
}

/** The generators of a folder of generators, by name. */
export async function loadGenerators(folder: string): Promise<readonly Generator[]> {
  const names = readdirSync(folder).filter(
    (name) => name !== 'engine' && existsSync(join(folder, name, 'generator.ts')),
  );
  return await Promise.all(
    names.toSorted().map(async (name) => {
      const file = join(folder, name, 'generator.ts');
      const { generator } = (await import(pathToFileURL(file).href)) as { generator?: Generator };
      if (generator?.name !== name) {
        throw new Error(`${file} must export a generator named ${JSON.stringify(name)}, as its folder is`);
      }
      return generator;
    }),
  );
}
