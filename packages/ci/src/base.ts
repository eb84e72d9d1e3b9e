import { execFileSync } from 'node:child_process';
import type { Occasion } from './occasion.ts';

/** Which tasks are looked at: those that the files changed since `base` can break, or all of them. */
export type Scope =
  | { readonly base: string; readonly because: string }
  | { readonly base?: undefined; readonly because: string };

/**
 * Finds the commit that the work tree is compared with: the last one that the branch in question has in common with
 * HEAD. Where there is none, or git cannot tell, everything runs, and the reason is given.
 */
export function scopeOf({ against }: Pick<Occasion, 'against'>, root: string): Scope {
  if ('everything' in against) {
    return { because: against.everything };
  }
  const git = (...args: string[]) => runGit(root, args);
  const head = git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (head === undefined) {
    return { because: `${root} is not a git repository with a commit` };
  }
  const revision = against.revisions.find((name) => git('rev-parse', '--verify', '--quiet', `${name}^{commit}`));
  const shallow = git('rev-parse', '--is-shallow-repository') === 'true';
  const hint = shallow ? '; the clone is shallow: fetch the whole history' : '';
  if (revision === undefined) {
    return { because: `everything, since git does not have ${list(against.revisions)}${hint}` };
  }
  const base = git('merge-base', revision, 'HEAD');
  if (base === undefined) {
    return { because: `HEAD has no commit in common with ${short(revision)}${hint}` };
  }
  return {
    base,
    because: `files changed since ${base.slice(0, 10)}, which HEAD has in common with ${short(revision)}`,
  };
}

/** The output of the command, or undefined if it fails. */
function runGit(root: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

function short(revision: string): string {
  return revision.replace(/^refs\/(remotes|heads)\//, '');
}

function list(revisions: readonly string[]): string {
  return revisions.map(short).join(', nor ');
}
