import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NodePlopAPI } from 'plop';
import type { Inquirer } from '../answers/questions.ts';
import type { Generator } from '../generator.ts';
import { layersOf } from '../pack.ts';
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

/**
 * The generators of a workspace, by name: every folder of the pack's `generators/` and of the workspace's own that has a
 * `generator.ts`. The workspace's own wins over the pack's of that name.
 * @param root of the workspace.
 */
export async function loadGenerators(root: string): Promise<readonly Generator[]> {
  const files = new Map(layersOf(root, 'generators').flatMap(generatorFiles));
  return await Promise.all(
    [...files].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, file]) => load(name, file)),
  );
}

/** The files that export generators, by name; what is published is JavaScript. */
export function generatorFiles(folder: string): readonly (readonly [name: string, file: string])[] {
  return readdirSync(folder).flatMap((name) => {
    const files = ['generator.ts', 'generator.js'].map((file) => join(folder, name, file));
    const file = files.find((each) => existsSync(each));
    return file === undefined || name === 'engine' ? [] : [[name, file] as const];
  });
}

async function load(name: string, file: string): Promise<Generator> {
  const { generator } = (await import(pathToFileURL(file).href)) as { generator?: Generator };
  if (generator?.name !== name) {
    throw new Error(`${file} must export a generator named ${JSON.stringify(name)}, as its folder is`);
  }
  return generator;
}
