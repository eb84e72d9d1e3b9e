import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite, TimedFile } from './balance.ts';
import { projectFolders } from './project-graph.ts';

/** How long test files took lately, in seconds, by their paths from the workspace. */
export type Durations = Readonly<Record<string, number>>;

/** The file that carries them from one run to the next. */
export const durationsFile = '.vitest/durations.json';

/** The duration that is assumed for a test file that never ran, where nothing else is known. */
const GUESS = 5;

/** Vitest's JSON report, as far as it is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    /** The file's path; Vitest writes it from the machine's root, and `report` from the workspace. */
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number | null;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** Leaves out durations that are missing or invalid: then all files count the same. */
export function readDurations(root: string): Durations {
  try {
    const known: Record<string, unknown> = JSON.parse(readFileSync(join(root, durationsFile), 'utf8'));
    const usable = Object.entries(known).filter(([, value]) => typeof value === 'number' && value >= 0 && value < 1e6);
    return Object.fromEntries(usable) as Durations;
  } catch {
    return {};
  }
}

/** The known durations with those of these reports. */
export function learnDurations(known: Durations, reports: readonly VitestReport[]): Durations {
  const seen = reports.flatMap(({ testResults }) =>
    testResults.map(({ name, startTime, endTime }) => [name, (endTime - startTime) / 1000] as const),
  );
  return { ...known, ...Object.fromEntries(seen) };
}

/** The integration suites of these projects, with the times of their files. */
export async function suitesOf(projects: readonly string[], root: string, durations: Durations): Promise<Suite[]> {
  if (projects.length === 0) {
    return [];
  }
  const folders = await projectFolders(root);
  return projects.map((project) => {
    const folder = folders.get(project) ?? '';
    const pattern = folder === '' ? 'test/integration/**/*.test.ts' : `${folder}/integration/**/*.test.ts`;
    const paths = globSync(pattern, { cwd: root }).sort();
    return { project, files: timed(paths, durations) };
  });
}

export function timed(paths: readonly string[], durations: Durations): TimedFile[] {
  const known = Object.values(durations);
  const usual = known.length === 0 ? GUESS : known.reduce((sum, value) => sum + value, 0) / known.length;
  return paths.map((path) => ({ path, seconds: durations[path] ?? usual }));
}
