import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BatchTask, Report } from './task.ts';

/** The environment of a process of a task: its own, and the repository's programs. */
export function environmentOf(root: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, PATH: [join(root, 'node_modules/.bin'), environment.PATH].join(delimiter) };
}

/** Takes what a task prints, as it comes. */
export type Show = (text: string) => void;

/** Runs the tasks by their own commands, as many at once as may be, and reports each. */
export async function runAlone(
  root: string,
  tasks: readonly BatchTask[],
  parallel: number,
  report: Report,
  show: Show,
): Promise<void> {
  const waiting = tasks[Symbol.iterator]();
  const work = async () => {
    for (const task of waiting) {
      await runOne(root, task, report, show);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, tasks.length) }, work));
}

/** Leaders of the process groups that run: the commands' shells. */
const running = new Set<number>();

/** Lets this process end with Nx, and what it runs with it: a shell does not pass a signal on. */
export function endWithNx(): void {
  const end = () => {
    for (const leader of running) {
      try {
        process.kill(-leader, 'SIGTERM');
      } catch {} // It has just ended.
    }
  };
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => {
      end();
      process.exit(128 + number);
    });
  }
  process.once('disconnect', () => {
    end();
    process.exit();
  });
}

async function runOne(root: string, task: BatchTask, report: Report, show: Show): Promise<void> {
  const startTime = Date.now();
  const child = spawn(...inShell(task.command, task.args), {
    cwd: root,
    env: environmentOf(root, task.ownEnvironment),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const leader = child.pid;
  if (leader !== undefined) {
    running.add(leader);
  }
  let terminalOutput = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      terminalOutput += chunk;
      show(chunk);
    });
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  running.delete(leader ?? 0);
  if (signal !== null) {
    terminalOutput += `\n${task.command}: ended by ${signal}.\n`;
  }
  report(task, { success: code === 0, terminalOutput, startTime, endTime: Date.now() });
}

/** Runs a command in this terminal. @returns whether it ended well. */
export async function runInTerminal(command: string, args: readonly string[], root: string): Promise<boolean> {
  const child = spawn(...inShell(command, args), {
    cwd: root,
    env: environmentOf(root, process.env),
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  return code === 0;
}

/** A program and its arguments that run a command line with more arguments. */
function inShell(command: string, args: readonly string[]): [string, string[]] {
  return ['sh', ['-c', `${command} "$@"`, 'sh', ...args]];
}

/** What a program printed, and how it ended; `code` is null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the repository's programs for several tasks, in their common environment. */
export async function runProgram(
  root: string,
  [first]: readonly BatchTask[],
  name: string,
  args: readonly string[],
): Promise<Ended> {
  const child = spawn(join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    env: environmentOf(root, first?.environment ?? process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
