import { appendFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { durationsFile, learnDurations, readDurations, type VitestReport } from './durations.ts';
import { mergeJunit } from './junit.ts';
import { endingFile, reportsFolder, type TaskRecord } from './run-nx.ts';
import { summarise } from './summary.ts';

/** The file in which a machine says where its workspace is, which its reports begin their paths with. */
export const rootFile = 'root.txt';

/** The report of all machines of a run. */
export interface Report {
  readonly summary: string;
  readonly failed: boolean;
}

/**
 * Makes one report of what machines left: `junit.xml` for the forge, `summary.md` to read, and the durations for the
 * next run's shares.
 * @param folders one a machine: copies of its {@link reportsFolder}
 * @returns the summary, as Markdown, and whether a task failed, or Nx itself
 */
export async function report(folders: readonly string[], root: string): Promise<Report> {
  const read = <T>(pattern: string): T[] =>
    filesOf(folders, pattern).map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const tests = folders.flatMap(testsOf);
  const tasks = read<TaskRecord[]>('*.tasks.json').flat();
  const endings = filesOf(folders, `*${endingFile}`).map((file) => readFileSync(file, 'utf8'));
  const summary = summarise({
    occasions: [...new Set(filesOf(folders, 'occasion.txt').map((file) => readFileSync(file, 'utf8')))],
    tasks,
    endings,
    tests,
    left: filesOf(folders, 'left/*.txt').length,
  });
  const target = join(root, reportsFolder);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'summary.md'), summary);
  const junit = filesOf(folders, 'reports/*.xml').map((file) => readFileSync(file, 'utf8'));
  writeFileSync(join(target, 'junit.xml'), mergeJunit(junit));
  mkdirSync(dirname(join(root, durationsFile)), { recursive: true });
  writeFileSync(join(root, durationsFile), JSON.stringify(learnDurations(readDurations(root), tests), null, 2));
  return { summary, failed: endings.length > 0 || tasks.some(({ status }) => status === 'failed') };
}

/** The tests of a machine, their files by the paths from its workspace. */
function testsOf(folder: string): VitestReport[] {
  const files = filesOf([folder], 'reports/*.json');
  if (files.length === 0) {
    return [];
  }
  const root = readFileSync(join(folder, rootFile), 'utf8');
  return files.map((file) => {
    const { testResults }: VitestReport = JSON.parse(readFileSync(file, 'utf8'));
    return { testResults: testResults.map((each) => ({ ...each, name: relative(root, each.name) })) };
  });
}

/** Adds the summary to the page of the run, where the forge has one. */
export function publish(summary: string, environment: NodeJS.ProcessEnv): void {
  if (environment.GITHUB_STEP_SUMMARY) {
    appendFileSync(environment.GITHUB_STEP_SUMMARY, summary);
  }
}

function filesOf(folders: readonly string[], pattern: string): string[] {
  return folders.flatMap((folder) => globSync(pattern, { cwd: folder }).map((file) => join(folder, file))).sort();
}
