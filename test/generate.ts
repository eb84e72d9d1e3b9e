import type { Outcome } from '../generators/engine/command/outcome.ts';
import type { Generator } from '../generators/engine/generator.ts';
import { runGenerator } from '../generators/engine/run.ts';
import { readWorkspace } from '../generators/engine/workspace.ts';

/** Values for the options of a generator, by name; the others take their defaults. */
export type Given = ReadonlyMap<string, unknown>;

/**
 * Runs a generator of this workspace in another, without the start of a process, and installs nothing. For tests of
 * what is made in many ways; the command itself has tests of its own.
 * @throws {Failure} as the command would print it.
 */
export async function generate(generator: Generator, given: Given, root: string): Promise<Outcome['result']> {
  return (await outcomeOf(generator, given, root)).result;
}

/** The same, with all that the run came to. */
export async function outcomeOf(generator: Generator, given: Given, root: string): Promise<Outcome> {
  const invocation = {
    generator,
    given,
    yes: true,
    dryRun: false,
    json: true,
    install: false,
    help: false,
    version: false,
    answersFile: undefined,
  };
  return await runGenerator(generator, invocation, readWorkspace(root), { ask: undefined, say: () => undefined });
}
