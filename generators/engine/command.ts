import { type Invocation, readCommandLine } from './command-line.ts';
import { EXIT, Failure } from './failure.ts';
import type { Generator } from './generator.ts';
import { helpOf, overview } from './help.ts';
import { exitCodeOf, failureAsJson, failureAsText, nextStepsAsText, outcomeAsJson, problemAsText } from './outcome.ts';
import { progressIn, silent } from './progress.ts';
import { askForGenerator, askWith, type Inquirer } from './questions.ts';
import { runGenerator } from './run.ts';
import { exitOnSignals } from './signals.ts';
import { readWorkspace } from './workspace.ts';

/**
 * The command behind `npx plop`: reads its arguments, runs a generator, reports, and ends the process with the exit
 * code. Plop is not returned to, because it would go on to a spinner that writes into logs and never ends on a
 * terminal of 0 columns.
 * @param args the arguments after `npx plop`.
 * @param folder the workspace.
 */
export async function command(
  args: readonly string[],
  generators: readonly Generator[],
  folder: string,
  inquirer: Inquirer,
): Promise<never> {
  // Whoever reads the output may have gone: npx plop help | head -1.
  process.stdout.on('error', () => process.exit());
  exitOnSignals();
  const json = args.includes('--json');
  try {
    process.exitCode = await execute(readCommandLine(args, generators), generators, folder, inquirer);
  } catch (error) {
    process.exitCode = report(error, json);
  }
  return leave();
}

/** 128 and the number of SIGINT, as shells have it. */
const INTERRUPTED = 130;

async function execute(
  invocation: Invocation,
  generators: readonly Generator[],
  folder: string,
  inquirer: Inquirer,
): Promise<number> {
  const { json, help } = invocation;
  const atTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true && !json;
  if (help) {
    const text = invocation.generator === undefined ? overview(generators) : helpOf(invocation.generator);
    console.log(json ? JSON.stringify({ ok: true, exitCode: EXIT.done, help: text }) : text);
    return EXIT.done;
  }
  // Inquirer answers Ctrl-C by closing its input, and the process may be out of work before the signal arrives.
  process.exitCode = INTERRUPTED;
  const generator = invocation.generator ?? (await choose(generators, atTerminal ? inquirer : undefined));
  const outcome = await runGenerator(generator, invocation, readWorkspace(folder), {
    ask: atTerminal && !invocation.yes ? askWith(inquirer) : undefined,
    say: json ? () => undefined : invocation.dryRun ? console.error : console.log,
    progress: json ? silent : progressIn(),
  });
  if (json) {
    console.log(outcomeAsJson(outcome));
  } else if (outcome.problem !== undefined) {
    console.error(problemAsText(outcome));
  } else {
    process.stdout.write(outcome.diff ?? nextStepsAsText(outcome.nextSteps));
  }
  return exitCodeOf(outcome);
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

function report(error: unknown, json: boolean): number {
  const expected = error instanceof Failure;
  const failure = expected ? error : new Failure(EXIT.failed, `Something unexpected happened: ${error}`);
  if (!expected) {
    console.error(error);
  }
  if (json) {
    console.log(failureAsJson(failure));
  } else if (expected) {
    console.error(failureAsText(failure));
  }
  return failure.exitCode;
}

/** Ends the process once what was printed is out. */
function leave(): Promise<never> {
  return new Promise(() => process.stdout.write('', () => process.stderr.write('', () => process.exit())));
}
