import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './scratch-workspace.ts';

/**
 * The files of this repository that git tracks, or would, sorted.
 * @param pathspecs folders, or patterns of git, relative to the repository.
 */
export function trackedFiles(...pathspecs: readonly string[]): readonly string[] {
  const options = ['--cached', '--others', '--exclude-standard', '-z'];
  const listed = execFileSync('git', ['ls-files', ...options, '--', ...pathspecs], { cwd: repositoryRoot });
  const paths = new Set(listed.toString().split('\0').filter(Boolean));
  return [...paths].filter((path) => existsSync(join(repositoryRoot, path))).toSorted();
}
