import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../..');
const TIMEOUT_MS = 120_000;
/** Of a test in it that gives none, as in the suites: wide enough for a machine that does much else. */
const TEST_TIMEOUT_MS = 30_000;

/** What Vitest's JSON reporter says of a file, by the name of each test. */
export interface FileReport {
  readonly status: 'passed' | 'failed';
  /** Failures of the file itself, outside of its tests. */
  readonly message: string;
  readonly tests: Readonly<Record<string, { readonly status: string; readonly message: string }>>;
}

export interface Run {
  readonly exitCode: number | null;
  /** By the file's name. */
  readonly files: Readonly<Record<string, FileReport>>;
  /** All that Vitest printed, without colours. */
  readonly output: string;
}

/** Runs Vitest over test files that the suites do not know, as a child. */
export async function runVitest(
  config: string,
  files: readonly string[],
  options: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'testkit-run-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
    const { exitCode, output } = await run(
      ['run', '--config', config, `--testTimeout=${TEST_TIMEOUT_MS}`, ...reporters, ...options, ...files],
      environment,
    );
    const json = await readFile(report, 'utf8').catch((cause: unknown) => {
      throw new Error(`Vitest gave no report (exit code ${exitCode}):\n${output}`, { cause });
    });
    return { exitCode, files: readReport(json), output };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Pick<Run, 'exitCode' | 'output'>> {
  const outer = Object.entries(process.env).filter(([name]) => !/^(VITEST|FORCE_COLOR$)/.test(name));
  const child = spawn(process.execPath, [resolve(root, 'node_modules/vitest/vitest.mjs'), ...parameters], {
    cwd: root,
    env: { ...Object.fromEntries(outer), NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += String(chunk)));
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}

function readReport(json: string): Record<string, FileReport> {
  const { testResults } = JSON.parse(json) as {
    testResults: {
      name: string;
      status: FileReport['status'];
      message: string;
      assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
    }[];
  };
  return Object.fromEntries(
    testResults.map(({ name, status, message, assertionResults }) => {
      const tests = assertionResults.map(({ fullName, status: state, failureMessages = [] }) => [
        fullName,
        { status: state, message: failureMessages.join('\n') },
      ]);
      return [relative(root, name).split('/').at(-1), { status, message, tests: Object.fromEntries(tests) }];
    }),
  );
}
