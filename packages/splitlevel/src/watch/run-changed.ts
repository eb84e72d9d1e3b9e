import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { progressIn } from '@splitlevel/generators/engine';
import { type Output, runNx } from './run-nx.ts';

/** A project whose unit suite is red. */
export interface RedSuite {
  /** The project's, relative to the root; `.` for the root's own. */
  readonly folder: string;
  /** What the suite printed. */
  readonly output: string;
}

/** Nx's record of its run, as far as it is read here. */
interface NxRun {
  readonly tasks: readonly {
    readonly projectName: string;
    readonly cacheStatus: string;
    readonly status: number;
  }[];
}

const RUNNING = 'Running the unit tests of what changed';
/** Has a terminal write its last line anew. */
const LINE_BEGIN = '\r\x1b[K';

/**
 * Runs the unit suites of all projects by Nx, whose cache answers those that are as they were when they were green, and
 * says how many ran and which are red.
 * @throws {Error} with Nx's words where it could run none.
 */
export async function runChanged(root: string): Promise<readonly RedSuite[]> {
  const record = join(root, '.nx/cache/run.json');
  rmSync(record, { force: true }); // Nx leaves the last one where it ran nothing.
  const output = await runInTerminal(root);
  const tasks = tasksIn(record, output);
  const red = tasks.filter(({ status }) => status !== 0).map(({ projectName }) => projectName);
  const ran = tasks.filter(({ cacheStatus }) => cacheStatus === 'cache-miss').length;
  const counts = `${tasks.length} unit suites: ${tasks.length - ran} unchanged since they were green, ${ran} ran`;
  const verdict = red.length === 0 ? styleText('green', 'none red') : styleText('red', `red: ${red.join(', ')}`);
  console.log(`${counts}, ${verdict}`);
  return red.length === 0 ? [] : suitesOf(red, output);
}

/** Runs Nx, and tells how far it is. */
function runInTerminal(root: string): Promise<Output> {
  if (!process.stderr.isTTY) {
    return progressIn().during(RUNNING, () => runNx(root, () => {}));
  }
  const nx = runNx(root, (done, all) => {
    const count = all === undefined ? '' : ` ${done} of ${all} suites`;
    process.stderr.write(`${LINE_BEGIN}${RUNNING}…${count}`);
  });
  return nx.finally(() => process.stderr.write(LINE_BEGIN));
}

function tasksIn(record: string, output: Output): NxRun['tasks'] {
  try {
    return (JSON.parse(readFileSync(record, 'utf8')) as NxRun).tasks;
  } catch (cause) {
    throw new Error([...output.values()].flat().join('\n'), { cause });
  }
}

async function suitesOf(projects: readonly string[], output: Output): Promise<readonly RedSuite[]> {
  const { readCachedProjectGraph } = await import('nx/src/project-graph/project-graph.js');
  const { nodes } = readCachedProjectGraph(); // Nx has just written it.
  return projects.map((project) => ({
    folder: nodes[project]?.data.root ?? '.',
    output: output.get(project)?.join('\n') ?? '',
  }));
}
