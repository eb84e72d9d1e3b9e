import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join, relative } from 'node:path';
import { environmentOf } from '../alone.ts';
import type { BatchTask, Report, Workspace } from '../task.ts';
import type { Message, Order } from './messages.ts';
import { sourcesOf } from './sources.ts';

/** A file that a process runs. */
interface UnderWay {
  readonly id: string;
  /** How long it may block its thread, in milliseconds. */
  readonly limit: number;
  /** When it counts as hung, in milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Runs unit suites in one Vitest. Where its process dies, the suites that it ran get one each, and what dies there too is
 * left to its own command; those that it had not begun go together again. Where a file blocks its thread, its suite fails.
 */
export async function runTogether(workspace: Workspace, tasks: readonly BatchTask[], report: Report): Promise<void> {
  let waiting = tasks;
  while (waiting.length > 0) {
    const { settled, begun } = await runRound(workspace, waiting, report);
    const rest = waiting.filter(({ id }) => !settled.has(id) && !begun.has(id));
    if (waiting.length === 1 || rest.length === waiting.length) {
      return;
    }
    for (const task of waiting.filter(({ id }) => begun.has(id))) {
      await runRound(workspace, [task], report);
    }
    waiting = rest;
  }
}

/** @returns the ids of tasks that have their verdict or are left to their own commands, and of those that it died with. */
async function runRound({ root, graph }: Workspace, tasks: readonly BatchTask[], report: Report) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const settled = new Set<string>();
  const underWay = new Map<string, UnderWay>();
  const since = Date.now();
  let problem: string | undefined;
  const child = fork(join(import.meta.dirname, `child${extname(import.meta.filename)}`), {
    cwd: root,
    env: environmentOf(root, tasks[0]?.environment ?? process.env),
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message: Message) => {
    switch (message.type) {
      case 'goes on': {
        const limit = message.limit ?? underWay.get(message.file)?.limit;
        if (limit !== undefined) {
          underWay.set(message.file, { id: message.id, limit, until: Date.now() + limit });
        }
        break;
      }
      case 'file ended':
        underWay.delete(message.file);
        break;
      case 'result':
        settled.add(message.id);
        report(byId.get(message.id) as BatchTask, message.result);
        break;
      case 'left':
        for (const id of message.ids) {
          settled.add(id);
        }
        break;
      case 'problem':
        problem = message.message;
    }
  });
  const order: Order = {
    root,
    suites: tasks.map(({ id, folder, project }) => ({ id, folder, sources: sourcesOf(project, graph) })),
  };
  child.send(order);
  const watch = setInterval(() => {
    const hung = [...underWay].filter(([, { until }]) => until < Date.now());
    if (hung.length > 0) {
      child.kill('SIGKILL');
    }
    for (const [file, { id, limit }] of hung) {
      underWay.delete(file);
      settled.add(id);
      const terminalOutput = `${relative(root, file)} blocked its thread for ${Math.round(limit / 1000)} s, so its process was ended. Does it loop?\n`;
      report(byId.get(id) as BatchTask, { success: false, terminalOutput, startTime: since, endTime: Date.now() });
    }
  }, 1000);
  try {
    // It may have ended before all that it told is read.
    await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  } finally {
    clearInterval(watch);
  }
  if (problem !== undefined) {
    throw new Error(problem);
  }
  const begun = new Set([...underWay.values()].map(({ id }) => id).filter((id) => !settled.has(id)));
  return { settled, begun };
}
