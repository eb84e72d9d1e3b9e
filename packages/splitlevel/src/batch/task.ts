import type { ProjectGraph } from 'nx/src/config/project-graph.js';

/** One project's task of a batch. */
export interface BatchTask {
  readonly id: string;
  readonly project: string;
  /** The project's folder, relative to the root; `.` for the root's own. */
  readonly folder: string;
  /** What checks the project alone, a command line for the root. */
  readonly command: string;
  /** What was given to Nx after the command, for this command. */
  readonly args: readonly string[];
  /** The environment of its processes: this run's, and what .env files say for the task. */
  readonly environment: NodeJS.ProcessEnv;
  /** The same, and what Nx tells a process that runs this task alone. */
  readonly ownEnvironment: NodeJS.ProcessEnv;
}

/** How a task ended; Nx's own type for batches. */
export interface TaskResult {
  readonly success: boolean;
  readonly terminalOutput: string;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  readonly endTime: number;
}

/** Takes a task's verdict. */
export type Report = (task: BatchTask, result: TaskResult) => void;

/** The repository of a batch. */
export interface Workspace {
  /** Absolute. */
  readonly root: string;
  readonly graph: ProjectGraph;
}

/**
 * Checks several projects at once, in the environment of the first, which is that of all. Tasks that it does not report are
 * checked by their own commands afterwards.
 * @param report is called for a task as soon as its verdict is known; again where it proves wrong.
 * @throws {Error} where the tool could tell nothing: all that was not reported fails with the message.
 */
export type Together = (workspace: Workspace, tasks: readonly BatchTask[], report: Report) => Promise<void>;
