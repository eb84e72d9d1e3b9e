import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sample, seedOf } from '../../sample.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

/** A round of all suites by one worker. */
const TIMEOUT_MS = 45 * 60_000;
/** Of the suites; the living example's is always among them. */
const SHARE = 0.1;

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** The status of each test, and of each file by itself: 'integration/a.test.ts > saves' → 'passed'. */
type Outcomes = Map<string, string>;

const suites = ['test/integration', ...foldersIn('packages').map((name) => `packages/${name}/integration`)]
  .filter((folder) => existsSync(join(repositoryRoot, folder)))
  .flatMap((folder) => [folder, ...foldersIn(folder).map((name) => `${folder}/${name}`)])
  .filter((folder) => readdirSync(join(repositoryRoot, folder)).some((name) => name.endsWith('.test.ts')));

const drawn = sample('Suites in random order of files', suites, SHARE, (suite) => suite);
const chosen = [...new Set([...drawn, 'packages/pricing/integration'])].map((suite) => `${suite}/`);
const rounds = [1, 2, 3].flatMap((round) => [1, 4].map((workers) => ({ round, workers })));
const tried = sample('Rounds', rounds, 0.1, ({ round, workers }) => `${round} ${workers}`);

let folder: string;
let expected: Outcomes | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-order-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(tried)(
  'no outcome depends on the order of files, round $round, workers: $workers',
  { timeout: TIMEOUT_MS },
  async ({ round, workers }) => {
    const seed = seedOf(`round ${round}`);
    const { outcomes, output } = await runShuffled(seed, workers);
    expect(outcomes.size, output).toBeGreaterThan(20);
    const wrong = [...outcomes].filter(
      ([, status]) => status !== 'passed' && status !== 'skipped' && status !== 'todo',
    );
    expect(wrong, `--sequence.seed=${seed} --maxWorkers=${workers}\n${output.slice(-20_000)}`).toEqual([]);
    expected ??= outcomes;
    expect([...outcomes.keys()].sort()).toEqual([...expected.keys()].sort());
  },
);

/** Runs the chosen suites; ended when the time of the test is over. */
async function runShuffled(seed: number, workers: number): Promise<{ outcomes: Outcomes; output: string }> {
  const report = join(folder, `${seed}-${workers}.json`);
  const options = ['--sequence.shuffle.files', `--sequence.seed=${seed}`, `--maxWorkers=${workers}`];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const outer = Object.entries(process.env).filter(([name]) => !/^(VITEST|NX_|CI_REPORTS$)/.test(name));
  const child = spawn(
    process.execPath,
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project=integration',
      ...options,
      ...reporters,
      ...chosen,
    ],
    {
      cwd: repositoryRoot,
      env: { ...Object.fromEntries(outer), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS - 60_000,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  await once(child, 'close');
  if (!existsSync(report)) {
    throw new Error(`Vitest gave no report:\n${output}`);
  }
  return { outcomes: outcomesIn(JSON.parse(await readFile(report, 'utf8')) as Report), output };
}

function outcomesIn({ testResults }: Report): Outcomes {
  return new Map(
    testResults.flatMap(({ name, status, assertionResults }) => {
      const file = relative(repositoryRoot, name);
      return [
        [file, status] as const,
        ...assertionResults.map(({ fullName, status: state }) => [`${file} > ${fullName}`, state] as const),
      ];
    }),
  );
}

function foldersIn(path: string): string[] {
  return readdirSync(join(repositoryRoot, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(fixtures|children|stubs|node_modules)$/.test(entry.name))
    .map(({ name }) => name);
}
