import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { configDefaults, type ViteUserConfig } from 'vitest/config';
import { asPatterns, leftTests } from './placement/left-tests.ts';
import { misplacedPatterns } from './placement/misplaced-tests.ts';
import { candidateFolders, type PackagePlaces, packagePlaces, strayFolders } from './placement/package-places.ts';

/** A repository's own additions to the two suites of its packages. */
export interface SuitesOptions {
  /** The module that starts and ends the servers of a run of integration tests, absolute. */
  readonly globalSetup: string;
  /** Folders of test/ whose tests other projects of the configuration run. Default: none. */
  readonly elsewhere?: readonly string[];
}

/**
 * The configuration of Vitest that keeps the two suites apart: the projects `unit` (threads, no isolation) and
 * `integration`.
 * @param root the folder of the repository, absolute.
 */
export function suites(root: string, { globalSetup, elsewhere = [] }: SuitesOptions): ViteUserConfig {
  const places = packagePlaces(root);
  const folders = candidateFolders(root, places);
  // No suite runs what adopting left where it was; `npm run standard` tells it.
  const left = asPatterns(leftTests(root, folders));
  // Each fails where it lies, in the package that it is in; where there is none, in the root, whose suite excludes packages.
  const strays = strayFolders(root, folders);
  const misplaced = misplacedPatterns(places, strays, elsewhere);
  const excluded = excludedByCommand().map((pattern) => withoutStrays(pattern, places, strays));
  // Where reports go; `npm run ci` names a place of its own.
  const reports = process.env.CI_REPORTS ?? (process.env.CI ? '.vitest/reports' : undefined);
  return {
    // What .env files say would be an input of none of the suites.
    envDir: false,
    test: {
      exclude: [
        ...configDefaults.exclude,
        ...['', ...places.patterns.map((place) => `${place}/`)].map((place) => `${place}{dist,coverage}/**`),
        ...places.excluded.map((place) => `${place}/**`),
        '**/.*/**',
        ...left,
        ...excluded,
      ],
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
            include: [
              ...[...places.patterns.map((place) => `${place}/src`), 'generators'].map(
                (place) => `${place}/**/*.test.ts`,
              ),
              ...misplaced.unit,
            ],
            pool: 'threads',
            isolate: false,
            setupFiles: [moduleAt('@splitlevel/guards/unit')],
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
            include: [
              ...places.patterns.map((place) => `${place}/integration/**/*.test.ts`),
              'test/integration/**/*.test.ts',
              ...misplaced.integration,
            ],
            pool: 'forks',
            isolate: false,
            globalSetup: [globalSetup],
            setupFiles: [moduleAt('@splitlevel/guards/integration')],
          },
        },
      ],
    },
  };
}

/** A pattern that excludes packages, without the folders that are none. */
function withoutStrays(pattern: string, { parents }: PackagePlaces, strays: readonly string[]): string {
  const parent = parents.find((each) => pattern.startsWith(`${each}/*/`));
  const own = strays
    .filter((folder) => folder.startsWith(`${parent}/`))
    .map((folder) => folder.slice(`${parent}/`.length));
  if (parent === undefined || own.length === 0) {
    return pattern;
  }
  return pattern.replace(`${parent}/*/`, `${parent}/!(${asPatterns(own).join('|')})/`);
}

function moduleAt(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}

/** Vitest itself heeds these only where no configuration has patterns of its own. */
function excludedByCommand(): readonly string[] {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { exclude: { type: 'string', multiple: true } },
    strict: false,
  });
  return (values as { exclude?: string[] }).exclude ?? [];
}
