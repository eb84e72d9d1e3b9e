import { runProgram } from '../alone.ts';
import { sharesOf } from '../share.ts';
import type { BatchTask, Report, Workspace } from '../task.ts';
import { readReport } from './read-report.ts';

/** The options of the command of one package, and what tells packages apart: all problems, and the names of all files. */
const OPTIONS = [
  '--reporter=concise',
  '--error-on-warnings',
  '--max-diagnostics=none',
  '--verbose',
  '--colors=off',
  '--files-ignore-unknown=true',
];

/** Lints projects by one run of Biome. The root's part is what is in none of the others. */
export async function lintTogether(
  { root, graph }: Workspace,
  tasks: readonly BatchTask[],
  report: Report,
): Promise<void> {
  const since = Date.now();
  const folders = tasks.map(({ folder }) => folder);
  const paths = folders.includes('.') ? ['.'] : folders;
  const projects = Object.values(graph.nodes).map(({ data }) => data.root);
  const ended = await runProgram(root, tasks, 'biome', ['check', ...OPTIONS, ...paths]);
  if (ended.code === null) {
    return;
  }
  const verdicts = readReport(ended, folders, projects);
  if (verdicts === undefined) {
    throw new Error(`${ended.stdout}${ended.stderr}`.trim());
  }
  if (ended.code !== 0 && [...verdicts.values()].every(({ success }) => success)) {
    // An objection that names no file: the packages' own commands tell whose it is.
    return;
  }
  const timesOf = sharesOf(since, tasks);
  for (const [index, task] of tasks.entries()) {
    const { success, output } = verdicts.get(task.folder) as { success: boolean; output: string };
    report(task, { success, terminalOutput: output, ...timesOf(index) });
  }
}
