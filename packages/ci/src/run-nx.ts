import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectEvidence } from './evidence.ts';
import { describeEnding, type Ending, hasCrashed } from './nx-ending.ts';
import { nxEnvironment, nxProgram } from './nx-environment.ts';
import { readJson } from './read-json.ts';

/** The results of a run on one machine: Vitest's reports, Nx's records, and the printed output. */
export const reportsFolder = '.vitest/ci';

/** How the files end that tell of an Nx that failed where no task did. */
export const endingFile = '.ending.txt';

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
 * in {@link reportsFolder}. An Nx that crashes is started once more: the cache answers for what had run.
 * @param name of the files that are kept
 * @returns Nx's exit code
 */
export async function runNx(name: string, args: readonly string[], root: string, environment: NodeJS.ProcessEnv) {
  const folder = join(root, reportsFolder);
  const recordOfNx = join(root, '.nx/cache/run.json');
  mkdirSync(folder, { recursive: true });
  rmSync(recordOfNx, { force: true }); // Nx leaves the last one where it ran nothing.
  console.log(`$ nx ${args.join(' ')}`);
  const start = () => startNx(args, root, environment, join(folder, `${name}.log`));
  let ending = await start();
  if (hasCrashed(ending)) {
    console.log(`Nx ${describeEnding(ending)}: it crashed. Starting it once more.`);
    ending = await start();
  }
  const records = await recordsOf(recordOfNx, root);
  writeFileSync(join(folder, `${name}.tasks.json`), JSON.stringify(records, null, 2));
  if (ending.code !== 0 && records.every(({ status }) => status !== 'failed')) {
    const file = `${name}${endingFile}`;
    writeFileSync(join(folder, file), `\`nx ${args.join(' ')}\` ${describeEnding(ending)}, and no task failed`);
  }
  return ending.code ?? 1;
}

/** Runs Nx to its end, with the output added to the log. */
async function startNx(args: readonly string[], root: string, environment: NodeJS.ProcessEnv, log: string) {
  // To a file, since Nx ends before a pipe has taken all of a long output.
  const output = openSync(log, 'a');
  const { size } = fstatSync(output);
  const nx = spawn(process.execPath, [nxProgram(root), ...args], {
    cwd: root,
    env: { ...environment, ...nxEnvironment, CI_REPORTS: `${reportsFolder}/reports` },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return printUntilEnd(log, size, nx);
}

/** Shows what is written to the file from the position on as it comes, until the process ends that writes it. */
async function printUntilEnd(file: string, from: number, writer: ChildProcess): Promise<Ending> {
  const log = openSync(file, 'r');
  const chunk = Buffer.alloc(64 * 1024);
  let position = from;
  const print = () => {
    for (let size = readSync(log, chunk, { position }); size > 0; size = readSync(log, chunk, { position })) {
      process.stdout.write(Buffer.from(chunk.subarray(0, size)));
      position += size;
    }
  };
  const timer = setInterval(print, 100);
  const [code, signal] = (await once(writer, 'exit')) as [number | null, NodeJS.Signals | null];
  clearInterval(timer);
  print();
  closeSync(log);
  return { code, signal, silent: position === from };
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
