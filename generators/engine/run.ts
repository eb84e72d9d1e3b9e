import { readFileSync } from 'node:fs';
import { type Ask, completeAnswers, parseAnswersFile } from './answers.ts';
import type { Invocation } from './command-line.ts';
import { EXIT, Failure, messageOf } from './failure.ts';
import type { Generator, Plan } from './generator.ts';
import { INSTALL_COMMAND, install, isInstalled } from './install.ts';
import { lockWorkspace } from './lock.ts';
import { mend, needsMending } from './mend.ts';
import { filesAsText, type Outcome } from './outcome.ts';
import { isChange } from './plan.ts';
import { planTemplate } from './plan-template.ts';
import { type Progress, silent } from './progress.ts';
import { scratchFolder } from './scratch.ts';
import { shellWord } from './shell-word.ts';
import { STAGE } from './stage.ts';
import type { Workspace } from './workspace.ts';
import { writeFiles } from './write.ts';

/** How a run talks to whoever started it. */
export interface Conversation {
  /** Undefined where nobody can be asked. */
  readonly ask: Ask | undefined;
  /** Lines of the report. */
  say(lines: string): void;
  /** Tells what takes long. Default: silence. */
  readonly progress?: Progress;
}

/**
 * Runs a generator: answers, files, plan, write, install. All or nothing up to and including the write.
 * @throws Failure with the workspace as it was.
 */
export async function runGenerator(
  generator: Generator,
  invocation: Invocation,
  workspace: Workspace,
  { ask, say, progress = silent }: Conversation,
): Promise<Outcome> {
  const { root } = workspace;
  const given = new Map([...readAnswersFile(invocation.answersFile, generator), ...invocation.given]);
  const answers = await completeAnswers(generator, given, ask, workspace);
  const scratch = scratchFolder(root);
  const lock = () => lockWorkspace(scratch, () => say('Waiting for another generator run to end…'));
  const makePlan = () =>
    'plan' in generator
      ? generator.plan(answers as never, workspace, { scratch, say, progress })
      : planTemplate(generator, answers, workspace, scratch);
  let early: Plan | undefined;
  if ('plan' in generator && generator.plansWithoutLock) {
    if (needsMending(root)) await withLock(lock, () => settleKilledRun(root, invocation.dryRun, say));
    early = await makePlan();
  }
  const unlock = await lock();
  try {
    settleKilledRun(root, invocation.dryRun, say);
    const plan = early ?? (await makePlan());
    const { folder, planned, installIn, notes = [], left } = plan;
    const outcome = { generator: generator.name, folder, files: planned, notes, installed: false, nextSteps: [] };
    const changes = planned.some(isChange);
    if (invocation.dryRun && changes) {
      const { diffOf } = await import('./diff.ts');
      for (const note of notes) say(note);
      return { ...outcome, result: 'dry-run', diff: diffOf(planned) };
    }
    if (changes) {
      await (plan.write?.() ?? writeFiles(root, planned));
    }
    say([filesAsText(folder, planned), ...notes].join('\n'));
    // A run that was killed before its installation is completed by the same command.
    const stale = installIn !== undefined && (changes || !isInstalled(installIn, folder));
    const wanted = invocation.install && !invocation.dryRun && stale;
    const failure = wanted
      ? await progress.during('Installing dependencies', () => install(installIn, invocation.json))
      : undefined;
    const installed = wanted && failure === undefined;
    const problem = failure ?? (invocation.dryRun ? undefined : left?.problem);
    const remedy = failure === undefined ? left?.remedy : undefined;
    if (!changes) {
      return { ...outcome, result: 'unchanged', installed, problem, remedy };
    }
    const steps = generator.nextSteps(answers as never, workspace);
    const isInstallLeft = installIn !== undefined && !invocation.install;
    const nextSteps = isInstallLeft ? [installCommand(installIn, root), ...steps] : steps;
    return { ...outcome, result: 'written', installed, problem, remedy, nextSteps };
  } finally {
    unlock();
  }
}

async function withLock(lock: () => Promise<() => void>, work: () => void): Promise<void> {
  const unlock = await lock();
  try {
    work();
  } finally {
    unlock();
  }
}

function installCommand(folder: string, root: string): string {
  return folder === root ? INSTALL_COMMAND : `cd ${shellWord(folder)} && ${INSTALL_COMMAND}`;
}

function readAnswersFile(file: string | undefined, generator: Generator): ReadonlyMap<string, unknown> {
  if (file === undefined) {
    return new Map();
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(EXIT.usage, `--answers: ${file} cannot be read: ${messageOf(error)}`, undefined, error);
  }
  return parseAnswersFile(text, file, generator);
}

function settleKilledRun(root: string, dryRun: boolean, say: (line: string) => void): void {
  if (!needsMending(root)) {
    return;
  }
  if (dryRun) {
    throw new Failure(
      EXIT.failed,
      `An earlier run was killed while it wrote (${STAGE} is still there), and a dry run may not complete it`,
      'Run the command without --dry-run.',
    );
  }
  mend(root);
  say('An earlier run was killed while it wrote; what it left has been settled.');
}
