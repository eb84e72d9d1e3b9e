import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectEvidence } from './evidence.ts';
import { nxEnvironment, nxProgram } from './nx-environment.ts';
import { readJson } from './read-json.ts';

/** The results of a run on one machine: Vitest's reports, Nx's records, and the printed output. */
export const reportsFolder = '.vitest/ci';

/** One task of a run of Nx. */
export interface TaskRecord {
  readonly id: string;
  readonly status: 'ran' | 'cached' | 'failed';
  readonly seconds: number;
  /** A line for each server that it used; of tasks that ran. */
  readonly servers: readonly string[];
}

/** Nx's own record, as far as it is read here. */
interface NxRun {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly hash?: string;
    readonly cacheStatus: string;
    readonly status: number;
    readonly startTime: string;
    readonly endTime: string;
  }[];
}

/**
 * Runs Nx, prints what it prints, and keeps that, the record of its tasks, Vitest's reports and the evidence of the suites
 * in {@link reportsFolder}.
 * @param name of the files that are kept
 * @returns Nx's exit code
 */
export async function runNx(name: string, args: readonly string[], root: string, environment: NodeJS.ProcessEnv) {
  const folder = join(root, reportsFolder);
  const recordOfNx = join(root, '.nx/cache/run.json');
  mkdirSync(folder, { recursive: true });
  rmSync(recordOfNx, { force: true }); // Nx leaves the last one where it ran nothing.
  console.log(`$ nx ${args.join(' ')}`);
  // To a file, since Nx ends before a pipe has taken all of a long output.
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const nx = spawn(process.execPath, [nxProgram(root), ...args], {
    cwd: root,
    env: { ...environment, ...nxEnvironment, CI_REPORTS: `${reportsFolder}/reports` },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const code = await printUntilEnd(log, nx);
  writeFileSync(join(folder, `${name}.tasks.json`), JSON.stringify(await recordsOf(recordOfNx, root), null, 2));
  return code ?? 1;
}

/** Shows what is written to the file as it comes, and resolves with the exit code of the process that writes it. */
async function printUntilEnd(file: string, writer: ChildProcess): Promise<number | null> {
  const log = openSync(file, 'r');
  const chunk = Buffer.alloc(64 * 1024);
  const print = () => {
    for (let size = readSync(log, chunk); size > 0; size = readSync(log, chunk)) {
      process.stdout.write(Buffer.from(chunk.subarray(0, size)));
    }
  };
  const timer = setInterval(print, 100);
  const [code] = (await once(writer, 'exit')) as [number | null];
  clearInterval(timer);
  print();
  closeSync(log);
  return code;
}

async function recordsOf(file: string, root: string): Promise<TaskRecord[]> {
  const { tasks } = readJson<NxRun>(file) ?? { tasks: [] };
  const records = tasks.map(({ taskId: id, cacheStatus, status, startTime, endTime }) => {
    const ran = cacheStatus === 'cache-miss';
    return {
      id,
      status: status === 0 ? (ran ? ('ran' as const) : ('cached' as const)) : ('failed' as const),
      seconds: (Date.parse(endTime) - Date.parse(startTime)) / 1000,
      // A suite that ended before it began left what an earlier run wrote.
      since: ran ? Date.parse(startTime) : 0,
    };
  });
  const servers = await collectEvidence(records, root, join(root, reportsFolder, 'evidence'));
  return records.map(({ since: _, ...record }) => ({
    ...record,
    servers: record.status === 'cached' ? [] : (servers.get(record.id) ?? []),
  }));
}
