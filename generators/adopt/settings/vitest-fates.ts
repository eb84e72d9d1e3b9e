import type { Script } from '../author.ts';
import type { ProjectSettings } from '../vitest/report.ts';
import type { Fate } from './fate.ts';

type Judged = Omit<Fate, 'setting'>;

const rewritten = (how: string): Judged => ({ fate: 'rewritten', how });
const dropped = (how: string): Judged => ({ fate: 'dropped', how });

const SHARED_WORKERS = 'files of a suite share workers and run side by side; a file that does not pass so stays';
const NO_EFFECT = 'it changes nothing of what the tests say; the workspace has its own';
const PLACES = rewritten('the folder says it now: src/ is unit, integration/ is integration');
const EACH_FILE_CLEARS = rewritten('each test file does it in a hook of its own');
const NOT_TAKEN_OVER = 'both suites run by the workspace’s configuration alone; a file that needs it stays';

/** By the key in a Vitest configuration. */
const FATES: Readonly<Record<string, Judged>> = {
  'test.globals': rewritten('each file imports from vitest what it uses'),
  'test.alias': rewritten('imports name the files themselves'),
  'resolve.alias': rewritten('imports name the files themselves'),
  'resolve.tsconfigPaths': rewritten('imports name the files themselves'),
  'test.setupFiles': rewritten('each test file calls what the set-up file does'),
  'test.environment': rewritten('each test file names it in its first line'),
  'test.env': rewritten('each test file sets it by vi.stubEnv, before its imports'),
  'test.projects': rewritten('each test file has what its project set'),
  'test.include': PLACES,
  'test.exclude': PLACES,
  'test.dir': PLACES,
  root: rewritten('paths relative to the working directory lead from the file'),
  'test.root': rewritten('paths relative to the working directory lead from the file'),
  'test.clearMocks': EACH_FILE_CLEARS,
  'test.mockReset': EACH_FILE_CLEARS,
  'test.restoreMocks': EACH_FILE_CLEARS,
  'test.unstubEnvs': EACH_FILE_CLEARS,
  'test.unstubGlobals': EACH_FILE_CLEARS,
  'test.globalSetup': dropped('servers are the testkit’s: say in integration/needs.ts what the tests need'),
  'test.testTimeout': dropped('a unit test has 5 seconds, an integration test 60'),
  'test.hookTimeout': dropped('a hook has 10 seconds in unit, 60 in integration'),
  'test.retry': dropped('a test that passes now and then proves nothing'),
  'test.includeSource': dropped('tests inside of production code are not run; write them beside it'),
  'test.browser': dropped('both suites run in Node; the files of a browser stay'),
  define: dropped('constants are not replaced; let the code import them, or take them as arguments'),
  plugins: dropped(NOT_TAKEN_OVER),
};

const WORKERS = [
  'pool',
  'poolOptions',
  'isolate',
  'fileParallelism',
  'maxWorkers',
  'minWorkers',
  'maxConcurrency',
  'sequence',
  'singleThread',
  'threads',
  'poolMatchGlobs',
  'vmMemoryLimit',
];
const OUTPUT = [
  'coverage',
  'reporters',
  'reporter',
  'outputFile',
  'silent',
  'ui',
  'watch',
  'name',
  'passWithNoTests',
  'logHeapUsage',
  'slowTestThreshold',
  'open',
  'api',
  'cache',
  'benchmark',
  'typecheck',
  'bail',
  'chaiConfig',
  'diff',
  'onConsoleLog',
  'printConsoleTrace',
  'hideSkippedTests',
  'allowOnly',
  'dangerouslyIgnoreUnhandledErrors',
  'forceRerunTriggers',
  'watchTriggerPatterns',
];

/**
 * The fate of each setting of the author's Vitest configuration.
 * @param keys as `test.globals`.
 * @param isProduction whether the file stays for the sake of its other settings.
 */
export function vitestFates(
  file: string,
  keys: readonly string[],
  projects: readonly ProjectSettings[],
  isProduction: boolean,
): readonly Fate[] {
  return keys.map((key) => {
    const judged = judge(key, projects);
    const isTest = key.startsWith('test.');
    if (isProduction && !isTest) {
      const also = judged.fate === 'rewritten' ? `; in the tests ${judged.how}` : '';
      return { setting: `${file} ${key}`, fate: 'kept', how: `for the build${also}` };
    }
    return { setting: `${file} ${key}`, ...judged };
  });
}

/** The fates of the flags and variables of the script that runs Vitest. */
export function scriptFates({ name, flags, environment }: Script): readonly Fate[] {
  const variables = Object.keys(environment).map((each): Fate => {
    return { setting: `package.json ${name} ${each}`, ...(FATES['test.env'] as Judged) };
  });
  const options = flags
    .map((flag) => /^--(?:no-)?([\w.]+)/.exec(flag)?.[1])
    .filter((flag) => flag !== undefined && !['run', 'config', 'project', 'mode'].includes(flag))
    .map((flag): Fate => ({ setting: `package.json ${name} --${flag}`, ...judge(`test.${flag}`, []) }));
  return [...variables, ...options];
}

function judge(key: string, projects: readonly ProjectSettings[]): Judged {
  const name = key.replace(/^test\./, '');
  if (
    key === 'test.environment' &&
    projects.length > 0 &&
    projects.every(({ environment }) => environment === 'node')
  ) {
    return { fate: 'kept', how: 'both suites run in Node' };
  }
  const named = projects.flatMap(({ plugins }) => plugins);
  if (key === 'plugins' && named.length > 0) {
    return dropped(`${[...new Set(named)].join(', ')}: ${NOT_TAKEN_OVER}`);
  }
  const known = FATES[key];
  if (known !== undefined) {
    return known;
  }
  if (WORKERS.includes(name)) {
    return dropped(SHARED_WORKERS);
  }
  return OUTPUT.includes(name) ? dropped(NO_EFFECT) : dropped(NOT_TAKEN_OVER);
}
