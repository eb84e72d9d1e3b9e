import { join } from 'node:path';
import { type FileReport, type Run, runVitest } from '@splitlevel/guards/run-vitest';

const fixtures = join(import.meta.dirname, 'fixtures');

/** Runs files of fixtures/, which hold tests that fail, as a run of Vitest of its own. */
export function runFixtures(
  names: readonly string[],
  options: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const files = names.map((name) => join(fixtures, `${name}.fixture.ts`));
  return runVitest(join(fixtures, 'vitest.config.ts'), files, options, environment);
}

/** The report of the one file of a run. */
export function onlyFile({ files, output }: Run): FileReport {
  const [file] = Object.values(files);
  if (file === undefined) {
    throw new Error(`Vitest ran no file:\n${output}`);
  }
  return file;
}

/** The names of a file's tests that passed. */
export function passed({ tests }: FileReport): string[] {
  return Object.entries(tests).flatMap(([name, { status }]) => (status === 'passed' ? [name] : []));
}
