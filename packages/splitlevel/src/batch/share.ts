import type { BatchTask, TaskResult } from './task.ts';

/**
 * Divides the time since `since` among tasks that one process answered together, so that theirs add up to it.
 * @returns the times of a task by its index.
 */
export function sharesOf(
  since: number,
  { length }: readonly BatchTask[],
): (index: number) => Pick<TaskResult, 'startTime' | 'endTime'> {
  const share = (Date.now() - since) / length;
  return (index) => ({
    startTime: Math.round(since + index * share),
    endTime: Math.round(since + (index + 1) * share),
  });
}
