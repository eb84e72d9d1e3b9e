import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Observation, SignOfLife } from './observation.ts';

/** The result of a test file. */
export interface ObservedFile {
  readonly passed: boolean;
  /** How many tests it has; skipped ones do not count. */
  readonly tests: number;
  /** Names of tests that were skipped, or are to be written. */
  readonly skipped: readonly string[];
  /** The messages of its failures, without stacks. */
  readonly failures: readonly string[];
}

export interface ObservedRun {
  /** By path, relative to the root of the run. */
  readonly files: ReadonlyMap<string, ObservedFile>;
  /** All that the guards saw, in order; `file` is relative too. */
  readonly observations: readonly Observation[];
  /** The files in which a guard was at work. */
  readonly alive: ReadonlySet<string>;
  readonly exitCode: number | null;
  /** All that Vitest printed. */
  readonly output: string;
}

export interface ObservedRunOptions {
  /** Absolute. Vitest's root and working folder. */
  readonly root: string;
  /** Arguments after `vitest run`. */
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the run; it then rejects. */
  readonly signal?: AbortSignal;
}

/**
 * Runs test files by Vitest in a process of its own.
 * @throws {Error} when Vitest ends without a whole report, with what it printed.
 */
export async function runObserved(options: ObservedRunOptions): Promise<ObservedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'splitlevel-observed-'));
  const [report, observations] = [join(folder, 'report.json'), join(folder, 'observations')];
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { exitCode, output } = await runVitest(
      { ...options, arguments: [...options.arguments, ...reporters] },
      observations,
    );
    if (!existsSync(report)) {
      throw new Error(`Vitest ended with exit code ${exitCode} and gave no report:\n${output}`);
    }
    return {
      files: readReport(wholeReport(readFileSync(report, 'utf8'), output), options.root),
      ...readObservations(observations, options.root),
      exitCode,
      output,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runVitest(
  { root, arguments: given, environment, signal }: ObservedRunOptions,
  observations: string,
): Promise<{ exitCode: number | null; output: string }> {
  const ofThisRun = /^(NX_|VITEST|FORCE_COLOR$)/;
  const machine = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name));
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...given], {
    cwd: root,
    // CI: no snapshot is written, and nothing is asked.
    env: { ...Object.fromEntries(machine), CI: '1', NO_COLOR: '1', TESTKIT_OBSERVATIONS: observations, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output: stripVTControlCharacters(output) };
}

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** @throws {Error} when the report is cut off, for example because the disk is full, with what Vitest printed. */
function wholeReport(json: string, output: string): JsonReport {
  try {
    return JSON.parse(json) as JsonReport;
  } catch (error) {
    throw new Error(`Vitest's report cannot be read, ${(error as Error).message}:\n${output}`, { cause: error });
  }
}

function readReport({ testResults }: JsonReport, root: string): Map<string, ObservedFile> {
  return new Map(
    testResults.map(({ name, status, message, assertionResults }) => {
      const failures = assertionResults.flatMap(({ failureMessages = [] }) => failureMessages);
      const told = [message, ...failures].filter((text) => text !== '').map(withoutStack);
      const ran = assertionResults.filter((result) => result.status === 'passed' || result.status === 'failed');
      const skipped = assertionResults.filter((result) => !ran.includes(result)).map(({ fullName }) => fullName);
      return [relative(root, name), { passed: status === 'passed', tests: ran.length, skipped, failures: told }];
    }),
  );
}

function withoutStack(text: string): string {
  const lines = stripVTControlCharacters(text).split('\n');
  const end = lines.findIndex((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return (end === -1 ? lines : lines.slice(0, end)).join('\n').trimEnd();
}

function readObservations(file: string, root: string): Pick<ObservedRun, 'observations' | 'alive'> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const read = lines.map((line) => {
    const observation = JSON.parse(line) as Observation | SignOfLife;
    return { ...observation, file: relative(root, observation.file) };
  });
  return {
    observations: read.filter((each): each is Observation => !('alive' in each)),
    alive: new Set(read.filter((each) => 'alive' in each).map(({ file: path }) => path)),
  };
}
