import { configDefaults, defineConfig } from 'vitest/config';
import { asPatterns, leftTests } from './packages/testkit/src/guards/left-tests.ts';
import { refuseMisplacedTests } from './packages/testkit/src/guards/misplaced-tests.ts';

refuseMisplacedTests(import.meta.dirname);

/** No suite runs what adopting left where it was; `npm run standard` tells it. */
const exclude = [...configDefaults.exclude, ...asPatterns(leftTests(import.meta.dirname))];

/** Where reports go; `npm run ci` names a place of its own. */
const reports = process.env.CI_REPORTS ?? (process.env.CI ? '.vitest/reports' : undefined);

export default defineConfig({
  test: {
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
          include: ['{packages/*/src,generators}/**/*.test.ts'],
          exclude,
          pool: 'threads',
          isolate: false,
          setupFiles: ['packages/testkit/src/guards/unit-guard.ts'],
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
          include: ['{packages/*/integration,test/integration}/**/*.test.ts'],
          exclude,
          pool: 'forks',
          isolate: false,
          globalSetup: ['packages/testkit/src/servers/global-setup.ts'],
          setupFiles: ['packages/testkit/src/guards/mock-guard.ts'],
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/{acceptance,ci,matrix,planted-bugs,stubs}/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          globalSetup: ['packages/testkit/src/servers/global-setup.ts'],
          setupFiles: ['packages/testkit/src/guards/mock-guard.ts'],
        },
      },
    ],
  },
});
