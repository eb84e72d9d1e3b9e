import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Observation } from '@splitlevel/guards/observation';
import { handlingSignals } from '../../engine/command/signals.ts';
import { EXIT, Failure, messageOf } from '../../engine/failure.ts';
import type { VitestOrder, VitestProblem, VitestReport } from './report.ts';

const TIMEOUT_MS = 15 * 60_000;

/** A report with what the guards saw, as it came; files are relative to the root of the run. */
export interface ObservedReport extends VitestReport {
  readonly observations: readonly Observation[];
}

/**
 * Runs Vitest in a process of its own.
 * @param environment beside the machine's, without what concerns the run that started this.
 * @throws {Failure} with what Vitest printed, when it came to no report.
 */
export async function runVitest(
  order: Omit<VitestOrder, 'report'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<ObservedReport> {
  const folder = mkdtempSync(join(tmpdir(), 'splitlevel-adopt-run-'));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clean);
  try {
    const [report, observations] = [join(folder, 'report.json'), join(folder, 'observations')];
    const output = await start({ ...order, report }, { ...environment, TESTKIT_OBSERVATIONS: observations });
    if (!existsSync(report)) {
      throw new Error(output.trimEnd());
    }
    const told = JSON.parse(readFileSync(report, 'utf8')) as VitestReport | VitestProblem;
    if ('problem' in told) {
      throw new Error(told.problem);
    }
    return {
      ...told,
      observations: readObservations(observations, order.root),
    };
  } catch (error) {
    throw new Failure(
      EXIT.failed,
      `Vitest could not run the tests: ${messageOf(error)}`,
      'Nothing was changed.',
      error,
    );
  } finally {
    clean();
    process.removeListener('exit', clean);
  }
}

async function start(order: VitestOrder, environment: Readonly<Record<string, string>>): Promise<string> {
  const ofThisRun = /^(NX_|VITEST|FORCE_COLOR$|NODE_OPTIONS$)/;
  const machine = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name));
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), TIMEOUT_MS);
  const program = join(import.meta.dirname, `child${extname(import.meta.filename)}`);
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    cwd: order.root,
    // CI: no snapshot is written, and nothing is asked.
    env: { ...Object.fromEntries(machine), CI: '1', NO_COLOR: '1', NODE_ENV: 'test', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: ended.signal,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  try {
    await handlingSignals(() => ended.abort(), once(child, 'close'));
  } finally {
    clearTimeout(timer);
  }
  return stripVTControlCharacters(output);
}

function readObservations(file: string, root: string): readonly Observation[] {
  if (!existsSync(file)) {
    return [];
  }
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const observation = JSON.parse(line) as Observation;
    return { ...observation, file: relative(root, observation.file) };
  });
}
