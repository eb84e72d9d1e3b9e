import { flagOf } from '../command/flags.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Generator } from '../generator.ts';
import type { Workspace } from '../workspace.ts';
import { type Completed, Course } from './course.ts';
import { type Context, type Option, problemOf } from './options.ts';

/** The result of `Ask` where the person goes back to the question before. */
export const BACK = Symbol('back');

/** Asks a person for one answer, or for `BACK`; the default is what an empty line takes. */
export type Ask = (name: string, option: Option, standard: unknown, context: Context) => Promise<unknown>;

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
  refuseWrong(generator, given, workspace);
  const course = new Course(generator.options, earlier);
  const missing: string[] = [];
  for (let entry = course.next; entry !== undefined; entry = course.next) {
    const [name, option] = entry;
    const context = { answers: course.answers, workspace };
    if (option.when !== undefined && !option.when(context)) {
      refuse(name, given.has(name) ? 'does not apply to the other answers; leave it out' : undefined);
      course.answer(undefined);
      continue;
    }
    const standard = defaultOf(option, context);
    const isAsked = ask !== undefined && !given.has(name);
    const answer = isAsked
      ? await ask(name, option, course.offer(standard, context), context)
      : (given.get(name) ?? standard);
    if (answer === BACK) {
      course.goBack();
      continue;
    }
    if (answer === undefined) {
      missing.push(`--${flagOf(name)}`);
    } else if (missing.length === 0) {
      refuse(name, problemOf(option, answer, context));
    }
    if (isAsked) {
      course.remember(name, answer, standard);
    }
    course.answer(answer);
  }
  if (missing.length > 0) {
    throw new Failure(
      EXIT.usage,
      `${missing.join(', ')} must be given: there is no default, and nobody to ask without a terminal or with --yes or --json`,
      `npx plop ${generator.name} --help lists the options.`,
    );
  }
  return { answers: course.answers, asked: course.asked };
}

/** Refuses wrong values before the first question, so that nobody answers six of them for a typing error. */
function refuseWrong(generator: Generator, given: ReadonlyMap<string, unknown>, workspace: Workspace): void {
  const context = { answers: Object.fromEntries(given), workspace };
  for (const [name, option] of Object.entries(generator.options)) {
    if (given.has(name)) {
      refuse(name, problemOf(option, given.get(name), context));
    }
  }
}

function defaultOf(option: Option, context: Context): unknown {
  return typeof option.default === 'function' ? option.default(context) : option.default;
}

function refuse(name: string, problem: string | undefined): void {
  if (problem !== undefined) {
    throw new Failure(EXIT.usage, `--${flagOf(name)}: ${problem}`);
  }
}
