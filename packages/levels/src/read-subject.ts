import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, type Workspace } from '@splitlevel/generators/engine';
import type { SourceFile } from './mutants/code.ts';

/** A package whose levels are asked for. */
export interface Subject {
  /** Relative to the workspace. */
  readonly folder: string;
  readonly code: readonly SourceFile[];
  readonly migrations: readonly SourceFile[];
  readonly stubs: readonly SourceFile[];
  readonly hasUnit: boolean;
  readonly hasIntegration: boolean;
}

/**
 * Reads a package.
 * @param wanted its name in Nx or its folder
 * @throws {Failure} when there is none, or it has neither suite
 */
export function readSubject({ root, projects }: Workspace, wanted: string): Subject {
  const folder = projects.get(wanted) ?? [...projects.values()].find((each) => each === wanted.replace(/\/+$/, ''));
  if (folder === undefined || folder === '.') {
    const others = [...projects].filter(([, each]) => each !== '.').map(([name]) => name);
    throw new Failure(
      EXIT.usage,
      `There is no package ${JSON.stringify(wanted)} in this repository`,
      `Name one of: ${others.join(', ')}.`,
    );
  }
  const at = join(root, folder);
  const read = (pattern: string, isWanted: (path: string) => boolean = () => true) =>
    globSync(pattern, { cwd: at })
      .map((path) => path.replaceAll('\\', '/'))
      .filter(isWanted)
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(at, path), 'utf8') }));
  const subject: Subject = {
    folder,
    code: read('src/**/*.ts', (path) => !/\.(test|d)\.ts$/.test(path)),
    migrations: read('migrations/*.ts'),
    stubs: read('integration/stubs/**/*.json'),
    hasUnit: globSync('src/**/*.test.ts', { cwd: at }).length > 0,
    hasIntegration: existsSync(join(at, 'integration')) && globSync('integration/**/*.test.ts', { cwd: at }).length > 0,
  };
  if (!subject.hasUnit && !subject.hasIntegration) {
    throw new Failure(
      EXIT.failed,
      `${folder} has neither unit nor integration tests`,
      'Add some, then run this again.',
    );
  }
  return subject;
}
