import { visible } from '../command/visible.ts';
import { EXIT, Failure } from '../failure.ts';
import { type Ask, BACK } from './answers.ts';
import { listItems } from './list-items.ts';
import { type Context, type Option, problemOf } from './options.ts';

/** The part of Inquirer that Plop hands to a plopfile and that is used here. */
export interface Inquirer {
  prompt(questions: readonly object[]): Promise<Record<string, unknown>> & { readonly ui?: InquirerScreen };
}

/** The part of Inquirer 9's screen that is used here. */
interface InquirerScreen {
  readonly rl: {
    readonly input: NodeJS.ReadableStream;
    on(event: 'close' | 'SIGINT', listener: () => void): unknown;
    removeAllListeners(event: 'SIGINT'): unknown;
  };
  readonly activePrompt?: { readonly screen: { done(): void } };
  readonly onForceClose: () => void;
  close(): void;
}

/** The decision at the summary. */
export type Decision = 'write' | 'back' | 'cancel';

/** Asks by Inquirer, as Plop hands it in. Escape is the way back. */
export function askWith(inquirer: Inquirer): Ask {
  return async (_name, option, standard, context) => {
    const choices = choicesOf(option, context);
    // Nothing is to be chosen where one choice is left.
    if (option.kind === 'choice' && choices?.length === 1) {
      return choices[0];
    }
    const answer = await put(inquirer, {
      type: choices === undefined ? TYPES[option.kind] : 'list',
      message: visible(option.question ?? option.description),
      default: suggestion(standard),
      choices: choices?.map(shown),
      validate: (typed: unknown) => sentence(problemOf(option, read(option, typed), context)),
    });
    return answer === BACK ? BACK : read(option, answer);
  };
}

/** Asks which generator to run. */
export async function askForGenerator(
  inquirer: Inquirer,
  generators: readonly { name: string; description: string }[],
): Promise<string> {
  const choices = generators.map(({ name, description }) => ({
    value: name,
    name: `${name} - ${description}`,
    short: name,
  }));
  const question = { type: 'list', message: 'Which generator?', choices, pageSize: 20 };
  for (;;) {
    const answer = await put(inquirer, question);
    if (answer !== BACK) {
      return answer as string;
    }
  }
}

/** Asks whether what was planned is to be written. */
export async function askForDecision(inquirer: Inquirer): Promise<Decision> {
  const choices = ['Write', 'Back', 'Cancel'].map((name) => ({ value: name.toLowerCase(), name }));
  const answer = await put(inquirer, { type: 'list', message: 'Write it?', choices });
  return answer === BACK ? 'back' : (answer as Decision);
}

/**
 * Puts one question.
 * @returns the answer, or `BACK` where the person pressed Escape.
 * @throws {Failure} (cancelled) at Ctrl-C and Ctrl-D.
 */
async function put(inquirer: Inquirer, question: object): Promise<unknown> {
  const asked = inquirer.prompt([{ name: 'answer', ...question }]);
  const { ui } = asked;
  if (ui === undefined) {
    return (await asked).answer;
  }
  return await new Promise((resolve, reject) => {
    const { input } = ui.rl;
    let isSettled = false;
    const settle = (end: () => void) => {
      if (isSettled) {
        return;
      }
      isSettled = true;
      input.removeListener('keypress', onKey);
      end();
    };
    // Without an answer the question stays on the screen, and the cursor of a list is hidden.
    const abandon = (close: () => void, end: () => void) =>
      settle(() => {
        ui.activePrompt?.screen.done();
        close();
        end();
      });
    const cancel = () =>
      abandon(
        () => ui.close(),
        () => reject(cancelled()),
      );
    // Inquirer would close once more at the exit what Ctrl-D has closed, which Node refuses.
    const end = () =>
      abandon(
        () => process.removeListener('exit', ui.onForceClose),
        () => reject(cancelled()),
      );
    const onKey = (_characters: unknown, key?: { readonly name?: string }) => {
      if (key?.name === 'escape') {
        abandon(
          () => ui.close(),
          () => resolve(BACK),
        );
      }
    };
    input.on('keypress', onKey);
    ui.rl.removeAllListeners('SIGINT');
    ui.rl.on('SIGINT', cancel);
    // Ctrl-D closes the input; so does Inquirer, once it has the answer.
    ui.rl.on('close', () => setImmediate(end));
    asked.then(
      ({ answer }) => settle(() => resolve(answer)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** The failure of a run that was cancelled. */
export function cancelled(): Failure {
  return new Failure(EXIT.cancelled, 'Cancelled; nothing was written.');
}

const TYPES = { text: 'input', choice: 'list', flag: 'confirm', integer: 'input', list: 'input' } as const;

/** The choices of a list: those that the answers before allow, or the suggestions; undefined: it is typed. */
function choicesOf(option: Option, context: Context): readonly string[] | undefined {
  if (option.choices !== undefined) {
    const allowed = option.choices.filter((each) => problemOf(option, each, context) === undefined);
    return allowed.length === 0 ? option.choices : allowed;
  }
  const suggested = option.suggestions?.(context) ?? [];
  return suggested.length === 0 ? undefined : suggested;
}

/** A choice as a list shows it. */
function shown(value: string): string | object {
  const name = visible(value);
  return name === value ? value : { value, name, short: name };
}

/** How a default is shown; an empty one is not. */
function suggestion(standard: unknown): unknown {
  const shown = Array.isArray(standard) ? standard.join(', ') : standard;
  return shown === '' ? undefined : shown;
}

/** Inquirer takes `true` for an answer that is fine. */
function sentence(problem: string | undefined): string | true {
  return problem === undefined ? true : visible(problem);
}

function read(option: Option, typed: unknown): unknown {
  if (typeof typed !== 'string') {
    return typed;
  }
  if (option.kind === 'list') {
    return listItems(typed);
  }
  return option.kind === 'integer' && /^-?\d+$/.test(typed) ? Number(typed) : typed;
}
