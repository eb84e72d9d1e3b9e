import { inspect } from 'node:util';
import type { Ask } from '../answers/answers.ts';
import { askForDecision, askForGenerator, askWith, type Decision, type Inquirer } from '../answers/questions.ts';
import { EXIT, Failure, refusalOfTheSystem } from '../failure.ts';
import type { Generator } from '../generator.ts';
import { inTermsOf } from '../package-manager/in-terms-of.ts';
import type { PackageManager } from '../package-manager/package-manager.ts';
import { runGenerator } from '../run.ts';
import type { Workspace } from '../workspace.ts';
import { type Invocation, readCommandLine } from './command-line.ts';
import { helpOf, overview } from './help.ts';
import { exitCodeOf, failureAsJson, failureAsText, nextStepsAsText, outcomeAsJson, problemAsText } from './outcome.ts';
import { progressIn, silent } from './progress.ts';
import { exitOnSignals } from './signals.ts';
import { versions } from './versions.ts';
import { visible } from './visible.ts';

/**
 * The command behind `npx plop`: reads its arguments, runs a generator, reports, and ends the process with the exit
 * code. Plop is not returned to, because it would go on to a spinner that writes into logs and never ends on a
 * terminal of 0 columns.
 * @param args the arguments after `npx plop`.
 * @param workspace reads the workspace, when a generator runs.
 * @param manager whose commands help and messages name.
 */
export async function command(
  args: readonly string[],
  generators: readonly Generator[],
  workspace: () => Workspace,
  inquirer: Inquirer,
  manager: PackageManager,
): Promise<never> {
  // The reader of the output may have gone: npx plop help | head -1.
  process.stdout.on('error', () => process.exit());
  exitOnSignals();
  const json = args.includes('--json');
  try {
    process.exitCode = await execute(readCommandLine(args, generators), generators, workspace, inquirer, args, manager);
  } catch (error) {
    process.exitCode = report(error, json, manager);
  }
  return leave();
}

async function execute(
  invocation: Invocation,
  generators: readonly Generator[],
  workspace: () => Workspace,
  inquirer: Inquirer,
  args: readonly string[],
  manager: PackageManager,
): Promise<number> {
  const { json, help, version } = invocation;
  const atTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true && !json;
  const isBare = args.every((each) => each === '--');
  if (help || version || (isBare && !atTerminal)) {
    const text = version ? versions() : inTermsOf(manager, helpText(invocation, generators));
    console.log(json ? JSON.stringify({ ok: true, exitCode: EXIT.done, [version ? 'version' : 'help']: text }) : text);
    return EXIT.done;
  }
  // Should the process be out of work before an answer has come, nothing was written.
  process.exitCode = EXIT.cancelled;
  const asks = atTerminal && !invocation.yes;
  const generator = invocation.generator ?? (await choose(generators, atTerminal ? inquirer : undefined));
  const outcome = await runGenerator(generator, invocation, workspace(), {
    ask: asks ? withHint(askWith(inquirer)) : undefined,
    decide: asks ? (summary) => decide(summary, inquirer) : undefined,
    say: json ? () => undefined : sayOn(invocation.dryRun ? process.stderr : process.stdout),
    progress: json ? silent : progressIn(),
  });
  if (json) {
    console.log(outcomeAsJson(outcome));
  } else if (outcome.problem === undefined) {
    process.stdout.write(outcome.diff ?? nextStepsAsText(outcome.nextSteps));
  } else {
    console.error(problemAsText(outcome));
  }
  return exitCodeOf(outcome);
}

function helpText({ generator }: Invocation, generators: readonly Generator[]): string {
  return generator === undefined ? overview(generators) : helpOf(generator);
}

function sayOn(stream: NodeJS.WritableStream): (lines: string) => void {
  return (lines) => stream.write(`${visible(lines)}\n`);
}

/** Tells before the first question how to leave it. */
function withHint(ask: Ask): Ask {
  let isTold = false;
  return async (...question) => {
    if (!isTold) {
      console.log('Esc goes back, Ctrl-C cancels.');
    }
    isTold = true;
    return await ask(...question);
  };
}

async function decide(summary: string, inquirer: Inquirer): Promise<Decision> {
  console.log(summary);
  return await askForDecision(inquirer);
}

async function choose(generators: readonly Generator[], inquirer: Inquirer | undefined): Promise<Generator> {
  const name = inquirer === undefined ? undefined : await askForGenerator(inquirer, generators);
  const chosen = generators.find((each) => each.name === name);
  if (chosen === undefined) {
    const names = generators.map((each) => each.name).join(', ');
    throw new Failure(EXIT.usage, 'No generator was named', `npx plop GENERATOR, with one of: ${names}.`);
  }
  return chosen;
}

function report(error: unknown, json: boolean, manager: PackageManager): number {
  const expected = error instanceof Failure ? error : refusalOfTheSystem(error);
  const { exitCode, message, remedy } = expected ?? new Failure(EXIT.failed, `Something unexpected happened: ${error}`);
  const failure = new Failure(exitCode, inTermsOf(manager, message), remedy && inTermsOf(manager, remedy));
  if (expected === undefined) {
    console.error(visible(inspect(error)));
  }
  if (json) {
    console.log(failureAsJson(failure));
  } else if (expected !== undefined) {
    console.error(failureAsText(failure));
  }
  return exitCode;
}

/** Ends the process once what was printed is out. */
function leave(): Promise<never> {
  return new Promise(() => process.stdout.write('', () => process.stderr.write('', () => process.exit())));
}
