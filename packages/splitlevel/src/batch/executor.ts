import { availableParallelism } from 'node:os';
import { PassThrough } from 'node:stream';
import type { BatchExecutorResult, BatchExecutorTaskResult, ExecutorContext } from 'nx/src/config/misc-interfaces.js';
import type { ProjectGraph } from 'nx/src/config/project-graph.js';
import type { Task, TaskGraph } from 'nx/src/config/task-graph.js';
import { getEnvVariablesForTask, getTaskSpecificEnv } from 'nx/src/tasks-runner/task-env.js';
import { endWithNx, runAlone, runInTerminal, type Show } from './alone.ts';
import type { BatchTask, Report, Together, Workspace } from './task.ts';

/** The options of all executors here. */
export interface Options {
  /** What checks one project alone, a command line for the root. */
  readonly command: string;
  /** What was given to Nx after the command, for this command. */
  readonly __unparsed__: readonly string[];
}

/** What Nx calls: `single` for one task of its own process, `batch` for all that are ready. */
export interface Executor {
  single(options: Options, context: ExecutorContext): Promise<{ readonly success: boolean }>;
  batch(
    graph: TaskGraph,
    options: Readonly<Record<string, Options>>,
    overrides: unknown,
    context: ExecutorContext,
  ): Promise<BatchExecutorResult | AsyncIterableIterator<BatchExecutorTaskResult>>;
}

/**
 * An executor that checks projects together where their tasks ask for what the standard asks for, and each by its own
 * command otherwise: with other words, with arguments, with variables of its own .env files, or where they are too few.
 * @param standard the words of the standard's command for a folder.
 * @param least how many it takes.
 */
export function executorOf(standard: (folder: string) => string, together: Together, least = 2): Executor {
  return {
    single: async ({ command, __unparsed__ }, { root }) => ({
      success: await runInTerminal(command, __unparsed__, root),
    }),
    batch: async (graph, options, _overrides, { root, projectGraph, nxJsonConfiguration }) => {
      endWithNx();
      const tasks = Object.values(graph.tasks).map((task) => ({
        id: task.id,
        project: task.target.project,
        folder: projectGraph.nodes[task.target.project]?.data.root ?? '',
        command: options[task.id]?.command ?? '',
        args: options[task.id]?.__unparsed__ ?? [],
        environment: getTaskSpecificEnv(task, projectGraph),
        ownEnvironment: ownEnvironmentOf(task, projectGraph),
      }));
      const parallel = Number(process.env.NX_PARALLEL ?? nxJsonConfiguration.parallel) || availableParallelism();
      const run = (report: Report, show: Show) => runAll({ root, graph: projectGraph }, tasks, parallel, report, show);
      return tasks.length === 1 ? await shown(run) : streamed(run);
    },
  };

  async function runAll(
    workspace: Workspace,
    tasks: readonly BatchTask[],
    parallel: number,
    report: Report,
    show: Show,
  ): Promise<void> {
    const alike = ofOneEnvironment(tasks.filter(isStandard));
    const joined = new Set(alike.length < least ? [] : alike);
    const since = Date.now();
    const judge = async () => {
      const waiting = new Set(joined);
      try {
        await together(workspace, [...joined], (task, result) => {
          waiting.delete(task);
          report(task, result);
        });
      } catch (error) {
        for (const task of waiting) {
          const terminalOutput = `${(error as Error).message}\n`;
          report(task, { success: false, terminalOutput, startTime: since, endTime: Date.now() });
        }
        return;
      }
      await runAlone(workspace.root, [...waiting], parallel, report, show);
    };
    const others = tasks.filter((task) => !joined.has(task));
    const rest = () => runAlone(workspace.root, others, Math.max(1, parallel - 1), report, show);
    await (parallel > 1 ? Promise.all([judge(), rest()]) : judge().then(rest));
  }

  function isStandard({ folder, command, args }: BatchTask): boolean {
    return args.length === 0 && command === standard(folder);
  }
}

/** What Nx gives a process that runs one task: the names of the project and of the target too. */
function ownEnvironmentOf(task: Task, graph: ProjectGraph): NodeJS.ProcessEnv {
  const { FORCE_COLOR = 'true', NX_SKIP_NX_CACHE } = process.env;
  const isUncached = NX_SKIP_NX_CACHE === 'true';
  return getEnvVariablesForTask(task, getTaskSpecificEnv(task, graph), FORCE_COLOR, isUncached, false, '', false);
}

type Run = (report: Report, show: Show) => Promise<void>;

/** Runs one task, whose output Nx passes on as it comes where it is given no iterator. */
async function shown(run: Run): Promise<BatchExecutorResult> {
  const results: BatchExecutorResult = {};
  let length = 0;
  const show = (text: string) => {
    length += text.length;
    process.stdout.write(text);
  };
  await run(({ id }, result) => {
    results[id] = result;
    show(result.terminalOutput.slice(length));
  }, show);
  return results;
}

/** Runs tasks whose results Nx prints as they come. */
async function* streamed(run: Run): AsyncGenerator<BatchExecutorTaskResult, void> {
  const results = new PassThrough({ objectMode: true });
  run(
    ({ id }, result) => results.write({ task: id, result }),
    () => {},
  ).then(
    () => results.end(),
    (error) => results.destroy(error),
  );
  yield* results;
}

/** The most tasks whose processes would get the same environment. */
function ofOneEnvironment(tasks: readonly BatchTask[]): readonly BatchTask[] {
  const groups = Map.groupBy(tasks, ({ environment }) => JSON.stringify(Object.entries(environment).sort()));
  return [...groups.values()].sort((one, other) => other.length - one.length)[0] ?? [];
}
