import type { Completed } from '../answers/course.ts';
import { cancelled, type Decision } from '../answers/questions.ts';
import { summaryOf } from '../command/outcome.ts';
import type { Plan } from '../generator.ts';
import type { RunContext } from '../run-context.ts';
import { isChange } from './planned.ts';

/**
 * Lets a person who was asked decide on what is going to be written. Other runs need not wait meanwhile: what they
 * change is found before it is written over.
 * @returns whether it is written, or the last question is put again.
 * @throws {Failure} when the person cancels.
 */
export async function decideOn(
  { invocation, conversation: { decide }, lock }: RunContext,
  { answers, asked }: Completed,
  { folder, planned }: Plan,
): Promise<Exclude<Decision, 'cancel'>> {
  if (decide === undefined || asked.length === 0 || invocation.dryRun || !planned.some(isChange)) {
    return 'write';
  }
  lock.release();
  const decision = await decide(summaryOf(folder, answers, planned));
  if (decision === 'cancel') {
    throw cancelled();
  }
  return decision;
}
