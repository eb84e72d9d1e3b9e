import { filesAsText, type Outcome } from '../command/outcome.ts';
import type { Plan } from '../generator.ts';
import { asLastRun } from '../last-run/as-last-run.ts';
import { isChange } from '../plan/planned.ts';
import type { RunContext } from '../run-context.ts';
import { writeFiles } from './write.ts';

/** The result of a plan; in a dry run with a unified diff of what would change. */
export type Written = Pick<Outcome, 'result' | 'diff'>;

/**
 * Writes what was planned, all or nothing, and tells the files' fates.
 * @throws {Failure} with the workspace as it was.
 */
export async function writePlan(
  { generator, invocation, workspace: { root }, conversation: { say } }: RunContext,
  plan: Plan,
): Promise<Written> {
  const { folder, planned, write, afterWrite, notes = [], left } = plan;
  const changes = planned.some(isChange);
  if (invocation.dryRun && changes) {
    const { diffOf } = await import('../plan/diff.ts');
    for (const note of [...notes, ...(left === undefined ? [] : [left.problem])]) {
      say(note);
    }
    return { result: 'dry-run', diff: diffOf(planned) };
  }
  if (changes) {
    await asLastRun(root, generator.name, plan, () => write?.() ?? writeFiles(root, planned));
    await afterWrite?.();
  }
  say([filesAsText(folder, planned, plan), ...notes].join('\n'));
  return { result: changes ? 'written' : 'unchanged' };
}
