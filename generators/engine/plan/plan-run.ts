import type { Answers } from '../answers/options.ts';
import { silent } from '../command/progress.ts';
import type { Plan } from '../generator.ts';
import { inTermsOf } from '../package-manager/in-terms-of.ts';
import { managerOf } from '../package-manager/managers.ts';
import type { RunContext } from '../run-context.ts';
import { scratchFolder } from '../write/scratch.ts';
import { planTemplate } from './plan-template.ts';

/**
 * Decides what a run is going to do. The workspace stays locked for what is written next, unless the generator plans
 * without the lock.
 * @throws {Failure} when the files cannot be made, or conflict with what is there.
 */
export async function planRun(run: RunContext, answers: Answers): Promise<Plan> {
  const { lock, conversation, workspace } = run;
  const { progress = silent } = conversation;
  await lock.take();
  if ('plan' in run.generator && run.generator.plansWithoutLock) {
    lock.release();
  }
  const plan = await progress.during('Working out what is to be written', () => planOf(run, answers));
  const { notes = [], left } = plan;
  const said = (text: string) => inTermsOf(managerOf(workspace.root), text);
  return {
    ...plan,
    notes: notes.map(said),
    ...(left && { left: { ...left, problem: said(left.problem), remedy: said(left.remedy) } }),
  };
}

async function planOf(run: RunContext, answers: Answers): Promise<Plan> {
  const { generator, invocation, workspace, conversation } = run;
  const scratch = scratchFolder(workspace.root);
  if (!('plan' in generator)) {
    return await planTemplate(generator, answers, workspace, scratch);
  }
  const { say, progress = silent } = conversation;
  const installs = invocation.install && !invocation.dryRun;
  return await generator.plan(answers, workspace, { scratch, installs, say, progress });
}
