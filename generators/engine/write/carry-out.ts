import type { Invocation } from '../command/command-line.ts';
import type { Conversation } from '../command/conversation.ts';
import { filesAsText, type Outcome } from '../command/outcome.ts';
import { silent } from '../command/progress.ts';
import { shellWord } from '../command/shell-word.ts';
import type { Generator, Plan } from '../generator.ts';
import { inTermsOf } from '../package-manager/in-terms-of.ts';
import { install, installCommand, isInstalled } from '../package-manager/install.ts';
import { managerOf } from '../package-manager/managers.ts';
import { isChange } from '../plan/planned.ts';
import type { Workspace } from '../workspace.ts';
import { writeFiles } from './write.ts';

/** A plan to carry out, and the answers that it was made from. */
export interface Decided {
  readonly generator: Generator;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

/**
 * Writes what was planned, or shows it where the run is a dry one, and installs. The caller holds the lock.
 * @throws Failure with the workspace as it was.
 */
export async function carryOut(
  { generator, answers, plan }: Decided,
  invocation: Invocation,
  workspace: Workspace,
  { say, progress = silent }: Conversation,
): Promise<Outcome> {
  const { root } = workspace;
  const { folder, planned, installIn } = plan;
  const said = (text: string) => inTermsOf(managerOf(root), text);
  const notes = (plan.notes ?? []).map(said);
  const left = plan.left && { problem: said(plan.left.problem), remedy: said(plan.left.remedy) };
  const outcome = { generator: generator.name, folder, files: planned, notes, installed: false, nextSteps: [] };
  const changes = planned.some(isChange);
  if (invocation.dryRun && changes) {
    const { diffOf } = await import('../plan/diff.ts');
    for (const note of [...notes, ...(left === undefined ? [] : [left.problem])]) say(note);
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
  const remedy =
    failure === undefined || installIn === undefined
      ? left?.remedy
      : `Run ${installCommand(installIn)} by hand; the generator need not be run again.`;
  if (!changes) {
    return { ...outcome, result: 'unchanged', installed, problem, remedy };
  }
  const manager = managerOf(installIn ?? root);
  const steps = generator.nextSteps(answers as never, workspace).map((step) => inTermsOf(manager, step));
  const isInstallLeft = installIn !== undefined && !invocation.install;
  const nextSteps = isInstallLeft ? [installStep(installIn, root), ...steps] : steps;
  return { ...outcome, result: 'written', installed, problem, remedy, nextSteps };
}

function installStep(folder: string, root: string): string {
  const command = installCommand(folder);
  // In a shell of its own: what comes next begins where this did.
  return folder === root ? command : `(cd ${shellWord(folder)} && ${command})`;
}
