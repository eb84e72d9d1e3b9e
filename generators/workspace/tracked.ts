import { existsSync, lstatSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../engine/failure.ts';
import { withLf } from '../engine/line-ends.ts';
import { gitOutput } from './git.ts';

/** A file as it is kept: a plain one, one that can be run, or a symlink, whose content is its target. */
export interface KeptFile {
  /** Relative to the workspace, with slashes. */
  readonly path: string;
  readonly content: Buffer;
  readonly kind: 'file' | 'executable' | 'link';
}

/** The files that a repository keeps of some paths. */
export interface Kept {
  readonly files: readonly KeptFile[];
  /** Files of these paths that lie in the work tree otherwise than as they were committed, or were never committed. */
  readonly uncommitted: readonly string[];
}

const KINDS: Readonly<Record<string, KeptFile['kind']>> = { 100644: 'file', 100755: 'executable', 120000: 'link' };

/**
 * The files of these paths as they were last committed, whatever lies in the work tree. A workspace that is in no repository,
 * as one that was unpacked or installed, has them as they lie there, without what its .gitignore names.
 * @param paths files and folders, relative to `root`; those that are not there have no files
 * @param scratch a private folder
 * @throws Failure when the repository has no commit, git cannot read it, or a path is a submodule.
 */
export function readKept(root: string, paths: readonly string[], scratch: string): Kept {
  return isTracked(root) ? readCommitted(root, paths) : { files: readUnpacked(root, paths, scratch), uncommitted: [] };
}

function isTracked(root: string): boolean {
  const inside = gitOutput(root, ['rev-parse', '--is-inside-work-tree']);
  if (inside.status !== 0) {
    if (/not a git repository/.test(inside.stderr) && !existsSync(join(root, '.git'))) return false;
    throw new Failure(EXIT.failed, `git cannot read the repository ${root}:\n${inside.stderr.trimEnd()}`);
  }
  if (gitOutput(root, ['rev-parse', '--verify', '--quiet', 'HEAD:./package.json']).status === 0) return true;
  // The repository around may be that of a package that has this workspace among its installed ones.
  if (!existsSync(join(root, '.git'))) return false;
  throw new Failure(
    EXIT.failed,
    `${root} has no commit with its package.json, and a new repository is made from what is committed`,
    'Commit it, then run the command again.',
  );
}

function readCommitted(root: string, paths: readonly string[]): Kept {
  const listed = output(root, ['ls-tree', '-r', '-z', 'HEAD', '--', ...paths]);
  const entries = split(listed).map((line) => {
    const [, mode = '', type = '', id = '', path = ''] = /^(\d+) (\w+) (\w+)\t([\s\S]*)$/.exec(line) ?? [];
    if (type === 'commit') {
      throw new Failure(
        EXIT.failed,
        `${path} is a submodule, whose files another repository has`,
        'A new repository is made from files of this one: have them here.',
      );
    }
    return { path, id, kind: KINDS[mode] ?? 'file' };
  });
  const contents = readBlobs(
    root,
    entries.map(({ id }) => id),
  );
  const files = entries.map(({ path, kind }, index) => ({ path, kind, content: contents[index] as Buffer }));
  const changed = output(root, ['diff', '--name-only', '--no-ext-diff', '--relative', '-z', 'HEAD', '--', ...paths]);
  const others = output(root, ['ls-files', '--others', '--exclude-standard', '-z', '--', ...paths]);
  return { files, uncommitted: [...new Set([...split(changed), ...split(others)])].sort() };
}

/** Contents as they are stored: no filter, attribute or setting of this machine has touched them. */
function readBlobs(root: string, ids: readonly string[]): Buffer[] {
  const answer = output(root, ['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
  const contents: Buffer[] = [];
  let at = 0;
  for (const id of ids) {
    const end = answer.indexOf('\n', at);
    const header = answer.toString('utf8', at, end);
    const size = Number(/^\w+ blob (\d+)$/.exec(header)?.[1]);
    if (Number.isNaN(size)) throw new Failure(EXIT.failed, `git has no content for ${id}: ${header}`);
    contents.push(answer.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return contents;
}

function readUnpacked(root: string, paths: readonly string[], scratch: string): readonly KeptFile[] {
  const directory = join(scratch, 'listing.git');
  rmSync(directory, { recursive: true, force: true });
  try {
    output(root, ['init', '--quiet', '--bare', '--template=', directory]);
    const list = ['ls-files', '--others', '--exclude-per-directory=.gitignore', '-z', '--', ...paths];
    return split(output(root, [`--git-dir=${directory}`, `--work-tree=${root}`, ...list])).map((path) => {
      const status = lstatSync(join(root, path));
      if (status.isSymbolicLink()) return { path, kind: 'link', content: Buffer.from(readlinkSync(join(root, path))) };
      const kind = (status.mode & 0o100) === 0 ? 'file' : 'executable';
      return { path, kind, content: withLf(readFileSync(join(root, path))) };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function output(root: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr } = gitOutput(root, ['-c', 'core.quotePath=false', ...args], input);
  if (status !== 0) throw new Failure(EXIT.failed, `git cannot read the repository ${root}:\n${stderr.trimEnd()}`);
  return stdout;
}

function split(output: Buffer): string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}
