import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { askAnswers, type Completed, parseAnswersFile } from './answers/answers.ts';
import { cancelled } from './answers/questions.ts';
import { callerFolder } from './command/caller-folder.ts';
import type { Invocation } from './command/command-line.ts';
import type { Conversation } from './command/conversation.ts';
import { type Outcome, summaryOf } from './command/outcome.ts';
import { silent } from './command/progress.ts';
import { EXIT, Failure, messageOf } from './failure.ts';
import type { Desk, Generator, Plan } from './generator.ts';
import { planTemplate } from './plan/plan-template.ts';
import { isChange } from './plan/planned.ts';
import type { Workspace } from './workspace.ts';
import { carryOut } from './write/carry-out.ts';
import { lockWorkspace } from './write/lock.ts';
import { mend, needsMending } from './write/mend.ts';
import { scratchFolder } from './write/scratch.ts';
import { STAGE } from './write/stage.ts';
import { decodeText } from './write/text-file.ts';

/**
 * Runs a generator: answers, files, plan, the person's word where one was asked, write, install. All or nothing up to
 * and including the write.
 * @throws Failure with the workspace as it was.
 */
export async function runGenerator(
  generator: Generator,
  invocation: Invocation,
  workspace: Workspace,
  conversation: Conversation,
): Promise<Outcome> {
  const { ask, decide, say } = conversation;
  const given = new Map([...readAnswersFile(invocation.answersFile, generator), ...invocation.given]);
  const scratch = scratchFolder(workspace.root);
  const locked = async <T>(work: () => Promise<T>): Promise<T> => {
    const unlock = await lockWorkspace(scratch, () => say('Waiting for another generator run to end…'));
    try {
      settleKilledRun(workspace.root, invocation.dryRun, say);
      return await work();
    } finally {
      unlock();
    }
  };
  const installs = invocation.install && !invocation.dryRun;
  let completed: Completed | undefined;
  for (;;) {
    completed = await askAnswers(generator, given, ask, workspace, completed);
    const { answers, asked } = completed;
    const isToBeDecided = (plan: Plan) =>
      decide !== undefined && asked.length > 0 && !invocation.dryRun && plan.planned.some(isChange);
    const makePlan = () => planOf(generator, answers, workspace, { scratch, installs }, conversation);
    let early: Plan | undefined;
    if ('plan' in generator && generator.plansWithoutLock) {
      if (needsMending(workspace.root)) await locked(() => Promise.resolve());
      early = await makePlan();
    }
    const planOrOutcome = await locked(async () => {
      const plan = early ?? (await makePlan());
      return isToBeDecided(plan)
        ? plan
        : await carryOut({ generator, answers, plan }, invocation, workspace, conversation);
    });
    if ('result' in planOrOutcome) return planOrOutcome;
    // Other runs need not wait while a person reads: what they change in the meantime is found before it is written over.
    const plan = planOrOutcome;
    const decision = await decide?.(summaryOf(plan.folder, answers, plan.planned));
    if (decision === 'cancel') throw cancelled();
    if (decision === 'write')
      return await locked(() => carryOut({ generator, answers, plan }, invocation, workspace, conversation));
  }
}

async function planOf(
  generator: Generator,
  answers: Readonly<Record<string, unknown>>,
  workspace: Workspace,
  { scratch, installs }: Pick<Desk, 'scratch' | 'installs'>,
  { say, progress = silent }: Conversation,
): Promise<Plan> {
  const work = async () =>
    'plan' in generator
      ? await generator.plan(answers as never, workspace, { scratch, installs, say, progress })
      : await planTemplate(generator, answers, workspace, scratch);
  return await progress.during('Working out what is to be written', work);
}

function readAnswersFile(file: string | undefined, generator: Generator): ReadonlyMap<string, unknown> {
  if (file === undefined) {
    return new Map();
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(callerFolder(), file));
  } catch (error) {
    throw new Failure(EXIT.usage, `--answers: ${file} cannot be read: ${messageOf(error)}`, undefined, error);
  }
  return parseAnswersFile(decodeText(file, bytes, EXIT.usage).text, file, generator);
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
