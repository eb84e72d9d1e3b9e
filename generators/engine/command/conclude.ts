import type { Answers } from '../answers/options.ts';
import type { Plan } from '../generator.ts';
import { inTermsOf } from '../package-manager/in-terms-of.ts';
import { installCommand } from '../package-manager/install.ts';
import type { Installation } from '../package-manager/install-after.ts';
import { managerOf } from '../package-manager/managers.ts';
import type { RunContext } from '../run-context.ts';
import type { Written } from '../write/write-plan.ts';
import type { Outcome } from './outcome.ts';
import { shellWord } from './shell-word.ts';

/** The outcome of a run, with what to do next. */
export function conclude(
  run: RunContext,
  answers: Answers,
  plan: Plan,
  written: Written,
  installation: Installation,
): Outcome {
  const { folder, planned, notes = [] } = plan;
  const conflicts = plan.left?.conflicts;
  const last = conflicts === undefined ? (installation.left ?? plan.left) : plan.left;
  const left = run.invocation.dryRun ? undefined : last;
  return {
    generator: run.generator.name,
    folder,
    ...written,
    files: planned,
    notes,
    installed: installation.done,
    problem: left?.problem,
    remedy: left?.remedy,
    conflicts,
    nextSteps: written.result === 'written' ? nextSteps(run, answers, plan) : [],
  };
}

function nextSteps({ generator, invocation, workspace }: RunContext, answers: Answers, { installIn }: Plan) {
  const manager = managerOf(installIn ?? workspace.root);
  const steps = generator.nextSteps(answers, workspace).map((step) => inTermsOf(manager, step));
  const isInstallLeft = installIn !== undefined && !invocation.install;
  return isInstallLeft ? [installStep(installIn, workspace.root), ...steps] : steps;
}

function installStep(folder: string, root: string): string {
  const command = installCommand(folder);
  // In a shell of its own: what comes next begins where this did.
  return folder === root ? command : `(cd ${shellWord(folder)} && ${command})`;
}
