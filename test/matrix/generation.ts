import { completeAnswers } from '../../generators/engine/answers/answers.ts';
import { Failure } from '../../generators/engine/failure.ts';
import type { Layer, Model, TemplateGenerator } from '../../generators/engine/generator.ts';
import { diskOf } from '../../generators/engine/plan/disk.ts';
import { planEdit } from '../../generators/engine/plan/plan.ts';
import { readWorkspace, type Workspace } from '../../generators/engine/workspace.ts';
import { scratchFolder } from '../../generators/engine/write/scratch.ts';
import { type Given, generate } from '../generate.ts';

/** A layer, with the generator to which its template belongs. */
export type UsedLayer = Layer & { readonly of: string };

/**
 * Asks the generator's own schema, reading and model whether it would take this, without writing.
 * @returns what it says against it, or undefined.
 */
export async function refusalOf(
  generator: TemplateGenerator,
  given: Given,
  workspace: Workspace,
): Promise<string | undefined> {
  try {
    const { edits = [] } = await modelOf(generator, given, workspace);
    for (const edit of edits) {
      planEdit(edit, diskOf(workspace.root));
    }
    return undefined;
  } catch (error) {
    if (error instanceof Failure) {
      return error.message;
    }
    throw error;
  }
}

/**
 * Runs a generator in a workspace, twice.
 * @returns the layers that were rendered.
 * @throws {Failure} when it refuses, and Error when the second run is not without effect.
 */
export async function generateTwice(
  generator: TemplateGenerator,
  given: Given,
  root: string,
): Promise<readonly UsedLayer[]> {
  const { layers } = await modelOf(generator, given, readWorkspace(root));
  const first = await generate(generator, given, root);
  const second = await generate(generator, given, root).catch((error: unknown) => String(error));
  if (first !== 'written' || second !== 'unchanged') {
    throw new Error(`${generator.name} ${JSON.stringify([...given])} was ${first}; run again: ${second}`);
  }
  return layers.map((layer) => ({ of: generator.name, ...layer }));
}

/**
 * The templates of which a generator would make its files here and now, as one string.
 * @throws {Failure} when it refuses.
 */
export async function templatesOf(generator: TemplateGenerator, given: Given, root: string): Promise<string> {
  const { layers } = await modelOf(generator, given, readWorkspace(root));
  const names = layers.map(({ of = generator.name, template }) => `${of}/${template}`);
  return `${generator.name}: ${[...new Set(names)].join(' ')}`;
}

async function modelOf(generator: TemplateGenerator, given: Given, workspace: Workspace): Promise<Model> {
  const answers = await completeAnswers(generator, given, undefined, workspace);
  const modelOf = await generator.readModel(answers, workspace, scratchFolder(workspace.root));
  return modelOf(answers);
}
