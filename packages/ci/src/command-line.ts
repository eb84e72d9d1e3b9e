import { parseArgs } from 'node:util';
import type { Part } from './run.ts';

/** A command line that was understood. */
export type Command =
  | { readonly command: 'run'; readonly part: Part }
  | { readonly command: 'plan'; readonly form: 'table' | 'json' | 'shards'; readonly folder?: string | undefined }
  | { readonly command: 'report'; readonly folder: string }
  | { readonly command: 'update'; readonly folder: string }
  | { readonly command: 'help' };

export const usage = `The scripts of package.json, with their arguments:
ci                     runs what CI would run for this branch
ci quick               lint, types and unit tests only; integration: the integration suites only
ci report FOLDER       makes one report of those in the folders of FOLDER, one a machine
ci update FOLDER       updates what was generated and commits it; FOLDER gets the commit, and the text for the pull request
ci:plan                prints what would run, what the cache would answer, and why
ci:plan --json         the same for machines
ci:plan --shards       the integration suites, spread over machines: a JSON array
ci:plan --shards DIR   the same, each in a file DIR/NUMBER.json`;

/** @throws {Error} when the arguments do not match {@link usage} */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [first, second, ...others] = positionals;
  const { json = false, shards = false, help = false } = values;
  if (help) {
    return { command: 'help' };
  }
  if (first === 'plan' && others.length === 0 && !(json && shards) && (second === undefined || shards)) {
    return { command: 'plan', form: json ? 'json' : shards ? 'shards' : 'table', folder: second };
  }
  if (!json && !shards) {
    if ((first === 'report' || first === 'update') && second !== undefined && others.length === 0) {
      return { command: first, folder: second };
    }
    if (first === undefined) {
      return { command: 'run', part: 'all' };
    }
    if ((first === 'quick' || first === 'integration') && second === undefined) {
      return { command: 'run', part: first };
    }
  }
  throw new Error(`'${args.join(' ')}' is not understood.\n${usage}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, shards: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${usage}`, { cause });
  }
}
