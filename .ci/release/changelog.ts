import { execFileSync } from 'node:child_process';
import { ROOT } from './packages.ts';

const HEADER = `# Changelog

All packages share one version. An entry is the subject of a commit.
`;

/**
 * The changelog with a section for a new version at its top: the commits since the last tag, newest first.
 * @param earlier the changelog as it is; empty where there is none.
 * @param date as 2026-11-27.
 */
export function withVersion(earlier: string, version: string, date: string, subjects: readonly string[]): string {
  const sections = earlier.startsWith(HEADER) ? earlier.slice(HEADER.length) : earlier;
  const entries = subjects.map((subject) => `- ${subject.replaceAll(/[\\`*_[\]<>#|~]/g, '\\$&')}`);
  return `${HEADER}\n## ${version} (${date})\n\n${entries.join('\n')}\n${sections}`;
}

/** The subjects of the commits since the last tag of a version; all of them where there is none. */
export function subjectsSinceTag(): readonly string[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
  const [tag] = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n').filter(Boolean);
  const range = tag === undefined ? 'HEAD' : `${tag}..HEAD`;
  return git('log', '--no-merges', '--format=%s', range).split('\n').filter(Boolean);
}
