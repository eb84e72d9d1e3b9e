import { flagOf } from '../command/flags.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Generator } from '../generator.ts';
import type { Workspace } from '../workspace.ts';
import type { Context, Option } from './options.ts';

/** The result of `Ask` where the person goes back to the question before. */
export const BACK = Symbol('back');

/** Asks a person for one answer, or for `BACK`; the default is what an empty line takes. */
export type Ask = (name: string, option: Option, standard: unknown, context: Context) => Promise<unknown>;

/** Checked answers, and the names of those that a person was asked for, in their order. */
export interface Completed {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly asked: readonly string[];
}

/**
 * Completes what was given to a full set of checked answers, in the order of the options: from the questions where a
 * person can be asked, else from the defaults.
 * @param given values by option name, from flags and from an answers file.
 * @param ask undefined where nobody can be asked or `--yes` forbids it.
 * @throws {Failure} (wrong usage) that names the flag of each answer that is wrong or missing.
 */
export async function completeAnswers(
  generator: Generator,
  given: ReadonlyMap<string, unknown>,
  ask: Ask | undefined,
  workspace: Workspace,
): Promise<Record<string, unknown>> {
  return { ...(await askAnswers(generator, given, ask, workspace)).answers };
}

/**
 * The same, with the way back: what was answered before is offered again.
 * @param earlier answers of which the last one that was asked for is asked for again, and all that come after it.
 */
export async function askAnswers(
  generator: Generator,
  given: ReadonlyMap<string, unknown>,
  ask: Ask | undefined,
  workspace: Workspace,
  earlier?: Completed,
): Promise<Completed> {
  // What was typed is checked before the first question, so that nobody answers six of them for a typing error.
  const early = { answers: Object.fromEntries(given), workspace };
  for (const [name, option] of Object.entries(generator.options)) {
    if (given.has(name)) {
      refuse(name, problemOf(option, given.get(name), early));
    }
  }
  const options = Object.entries(generator.options);
  const asked = [...(earlier?.asked ?? [])];
  const remembered = new Map<string, unknown>(asked.map((name) => [name, earlier?.answers[name]]));
  const missing: string[] = [];
  let answers: Record<string, unknown> = { ...earlier?.answers };
  let position = 0;
  const goBack = () => {
    const last = asked.pop();
    position = Math.max(0, last === undefined ? position : options.findIndex(([name]) => name === last));
    answers = Object.fromEntries(options.slice(0, position).map(([name]) => [name, answers[name]]));
  };
  if (earlier !== undefined) goBack();
  for (let entry = options[position]; entry !== undefined; entry = options[position]) {
    const [name, option] = entry;
    const context = { answers, workspace };
    if (option.when !== undefined && !option.when(context)) {
      refuse(name, given.has(name) ? 'does not apply to the other answers; leave it out' : undefined);
      answers[name] = undefined;
      position += 1;
      continue;
    }
    const standard = defaultOf(option, context);
    if (given.has(name)) {
      answers[name] = given.get(name);
    } else if (ask !== undefined) {
      const before = remembered.get(name);
      const offered = before === undefined || problemOf(option, before, context) !== undefined ? standard : before;
      const answer = await ask(name, option, offered, context);
      if (answer === BACK) {
        goBack();
        continue;
      }
      // A default that was taken is derived anew when the answers before it change.
      if (JSON.stringify(answer) === JSON.stringify(standard)) remembered.delete(name);
      else remembered.set(name, answer);
      asked.push(name);
      answers[name] = answer;
    } else if (standard === undefined) {
      missing.push(`--${flagOf(name)}`);
      position += 1;
      continue;
    } else {
      answers[name] = standard;
    }
    if (missing.length === 0) {
      refuse(name, problemOf(option, answers[name], context));
    }
    position += 1;
  }
  if (missing.length > 0) {
    throw new Failure(
      EXIT.usage,
      `${missing.join(', ')} must be given: there is no default, and nobody to ask without a terminal or with --yes or --json`,
      `npx plop ${generator.name} --help lists the options.`,
    );
  }
  return { answers, asked };
}

/** The problem of a value of an option, as a sentence, or undefined. */
export function problemOf(option: Option, value: unknown, context: Context): string | undefined {
  return option.check(value) ?? option.validate?.(value, context);
}

function defaultOf(option: Option, context: Context): unknown {
  return typeof option.default === 'function' ? option.default(context) : option.default;
}

function refuse(name: string, problem: string | undefined): void {
  if (problem !== undefined) {
    throw new Failure(EXIT.usage, `--${flagOf(name)}: ${problem}`);
  }
}
