import { askAnswers } from './answers/answers.ts';
import { readAnswersFile } from './answers/answers-file.ts';
import type { Completed } from './answers/course.ts';
import type { Invocation } from './command/command-line.ts';
import { conclude } from './command/conclude.ts';
import type { Conversation } from './command/conversation.ts';
import type { Outcome } from './command/outcome.ts';
import type { Generator, Plan } from './generator.ts';
import { installAfter } from './package-manager/install-after.ts';
import { decideOn } from './plan/decide-on.ts';
import { planRun } from './plan/plan-run.ts';
import type { Workspace } from './workspace.ts';
import { RunLock } from './write/run-lock.ts';
import { writePlan } from './write/write-plan.ts';

/**
 * Runs a generator. All or nothing up to and including the write.
 * @throws {Failure} with the workspace as it was.
 */
export async function runGenerator(
  generator: Generator,
  invocation: Invocation,
  workspace: Workspace,
  conversation: Conversation,
): Promise<Outcome> {
  const lock = new RunLock(workspace.root, invocation.dryRun, conversation.say);
  const run = { generator, invocation, workspace, conversation, lock };
  try {
    const given = givenAnswers(generator, invocation);
    let completed: Completed | undefined;
    let plan: Plan;
    do {
      completed = await askAnswers(generator, given, conversation.ask, workspace, completed);
      plan = await planRun(run, completed.answers);
    } while ((await decideOn(run, completed, plan)) === 'back');
    await lock.take();
    const written = await writePlan(run, plan);
    const installation = await installAfter(run, plan, written);
    return conclude(run, completed.answers, plan, written, installation);
  } finally {
    lock.release();
  }
}

/** Flags win over the answers file. */
function givenAnswers(generator: Generator, { given, answersFile }: Invocation): ReadonlyMap<string, unknown> {
  return answersFile === undefined ? given : new Map([...readAnswersFile(answersFile, generator), ...given]);
}
