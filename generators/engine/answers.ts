import { EXIT, Failure } from './failure.ts';
import { flagOf } from './flags.ts';
import type { Generator } from './generator.ts';
import { didYouMean } from './nearest.ts';
import type { Context, Option } from './options.ts';
import type { Workspace } from './workspace.ts';

/** Asks a person for one answer; the default is what an empty line takes. */
export type Ask = (name: string, option: Option, standard: unknown, context: Context) => Promise<unknown>;

/**
 * Completes what was given to a full set of checked answers, in the order of the options: from the questions where a
 * person can be asked, else from the defaults.
 * @param given values by option name, from flags and from an answers file.
 * @param ask undefined where nobody can be asked or `--yes` forbids it.
 * @throws Failure (wrong usage) that names the flag of each answer that is wrong or missing.
 */
export async function completeAnswers(
  generator: Generator,
  given: ReadonlyMap<string, unknown>,
  ask: Ask | undefined,
  workspace: Workspace,
): Promise<Record<string, unknown>> {
  // What was typed is checked before the first question, so that nobody answers six of them for a typing error.
  const early = { answers: Object.fromEntries(given), workspace };
  for (const [name, option] of Object.entries(generator.options)) {
    if (given.has(name)) {
      refuse(name, problemOf(option, given.get(name), early));
    }
  }
  const answers: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const [name, option] of Object.entries(generator.options)) {
    const context = { answers, workspace };
    if (option.when !== undefined && !option.when(context)) {
      refuse(name, given.has(name) ? 'does not apply to the other answers; leave it out' : undefined);
      answers[name] = undefined;
      continue;
    }
    const standard = defaultOf(option, context);
    if (given.has(name)) {
      answers[name] = given.get(name);
    } else if (ask !== undefined) {
      answers[name] = await ask(name, option, standard, context);
    } else if (standard === undefined) {
      missing.push(`--${flagOf(name)}`);
      continue;
    } else {
      answers[name] = standard;
    }
    if (missing.length === 0) {
      refuse(name, problemOf(option, answers[name], context));
    }
  }
  if (missing.length > 0) {
    throw new Failure(
      EXIT.usage,
      `${missing.join(', ')} must be given: there is no default, and nobody to ask without a terminal or with --yes or --json`,
      `npx plop ${generator.name} --help lists the options.`,
    );
  }
  return answers;
}

/** What is wrong with a value of an option, as a sentence, or undefined. */
export function problemOf(option: Option, value: unknown, context: Context): string | undefined {
  return option.check(value) ?? option.validate?.(value, context);
}

/**
 * Reads the text of an answers file.
 * @returns the values by option name.
 * @throws Failure (wrong usage) when it is not a JSON object or has a key that is not an option.
 */
export function parseAnswersFile(text: string, file: string, generator: Generator): ReadonlyMap<string, unknown> {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new Failure(EXIT.usage, `${file} is not JSON: ${(error as Error).message}`, 'Correct the file.', error);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new Failure(EXIT.usage, `${file} must hold one JSON object`, 'Write {"option": value, …}.');
  }
  const known = Object.keys(generator.options);
  for (const key of Object.keys(values)) {
    if (!known.includes(key)) {
      throw new Failure(
        EXIT.usage,
        `${JSON.stringify(key)} in ${file} is not an option of ${generator.name}${didYouMean(key, known)}`,
        `The options are: ${known.join(', ')}.`,
      );
    }
  }
  return new Map(Object.entries(values));
}

function defaultOf(option: Option, context: Context): unknown {
  return typeof option.default === 'function' ? option.default(context) : option.default;
}

function refuse(name: string, problem: string | undefined): void {
  if (problem !== undefined) {
    throw new Failure(EXIT.usage, `--${flagOf(name)}: ${problem}`);
  }
}
