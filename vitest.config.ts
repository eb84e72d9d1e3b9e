import { parseArgs } from 'node:util';
import { asPatterns, leftTests } from '@splitlevel/guards/left-tests';
import { misplacedPatterns, strayFolders } from '@splitlevel/guards/misplaced-tests';
import { configDefaults, defineConfig } from 'vitest/config';

/** No suite runs what adopting left where it was; `npm run standard` tells it. */
const left = asPatterns(leftTests(import.meta.dirname));

/** Vitest itself heeds these only where no configuration has patterns of its own. */
const { exclude = [] } = parseArgs({
  args: process.argv.slice(2),
  options: { exclude: { type: 'string', multiple: true } },
  strict: false,
}).values as { exclude?: string[] };

/** Each fails where it lies, in the package that it is in; where there is none, in the root, whose suite excludes packages. */
const strays = strayFolders(import.meta.dirname);
const misplaced = misplacedPatterns(strays);
const packages = strays.length === 0 ? 'packages/*/' : `packages/!(${asPatterns(strays).join('|')})/`;
const excluded = exclude.map((pattern) => pattern.replace('packages/*/', packages));

/** Where reports go; `npm run ci` names a place of its own. */
const reports = process.env.CI_REPORTS ?? (process.env.CI ? '.vitest/reports' : undefined);

export default defineConfig({
  // What .env files say would be an input of none of the suites.
  envDir: false,
  test: {
    exclude: [...configDefaults.exclude, '{,packages/*/}{dist,coverage}/**', '**/.*/**', ...left, ...excluded],
    // One report for each process: CI counts the tests that really ran, and Nx's cache restores none.
    reporters: [
      'default',
      ...(reports ? ['json', 'junit'] : []),
      ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : []),
    ],
    outputFile: { json: `${reports}/${process.pid}.json`, junit: `${reports}/${process.pid}.xml` },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages/*/src,generators}/**/*.test.ts', ...misplaced.unit],
          pool: 'threads',
          isolate: false,
          setupFiles: ['@splitlevel/guards/unit'],
        },
      },
      {
        test: {
          name: 'integration',
          // Tests wait for servers more than they compute; Vitest's own default leaves one core of two unused.
          maxWorkers: '100%',
          // Bounds for what hangs, wide enough for a machine that does much else.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['{packages/*/integration,test/integration}/**/*.test.ts', ...misplaced.integration],
          pool: 'forks',
          isolate: false,
          globalSetup: ['@splitlevel/testkit/global-setup'],
          setupFiles: ['@splitlevel/guards/integration'],
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/{acceptance,ci,matrix,planted-bugs,registry,stubs}/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          globalSetup: ['@splitlevel/testkit/global-setup'],
          setupFiles: ['@splitlevel/guards/integration'],
        },
      },
    ],
  },
});
