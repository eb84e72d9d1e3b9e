import type { Plan, PlannedTask } from './plan.ts';

/**
 * The plan as a table.
 * @param width columns of the terminal; undefined: no terminal, nothing is shortened
 */
export function formatPlan(plan: Plan, width: number | undefined): string {
  const { tasks } = plan;
  const head = `As on ${plan.occasion}: ${plan.because}.\n`;
  if (tasks.length === 0) {
    return `${head}\nNothing runs: no target reads what changed.\n`;
  }
  const rows = tasks.map((task) => [task.project, task.target, task.answeredByCache ? 'cached' : 'runs', reason(task)]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map((row) => {
    const left = widths.map((size, column) => (row[column] as string).padEnd(size)).join('  ');
    return below(left, row[3] as string, width);
  });
  const cached = tasks.filter(({ answeredByCache }) => answeredByCache).length;
  const count = `${tasks.length - cached} of ${tasks.length} run, the cache answers ${cached}.`;
  return `${head}\n${lines.join('\n')}\n\n${count}\n`;
}

function reason({ because: [first, ...others] }: PlannedTask): string {
  if (first === undefined) {
    return '';
  }
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** The reason beside the task where it fits, else on a line of its own, else cut at its start, which is the same in all. */
function below(left: string, right: string, width: number | undefined): string {
  const beside = `${left}  ${right}`.trimEnd();
  if (width === undefined || beside.length <= width) {
    return beside;
  }
  const room = Math.max(width - 4, 8);
  return `${left.trimEnd()}\n    ${right.length <= room ? right : `…${right.slice(1 - room)}`}`;
}
