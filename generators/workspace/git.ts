import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { EXIT, Failure } from '../engine/failure.ts';
import { gitEnvironment } from '../engine/git.ts';

const TIMEOUT_MS = 120_000;

/**
 * Refuses to go on where git would not commit.
 * @throws {Failure} that says what to configure.
 */
export function refuseWithoutIdentity(folder: string): void {
  git(folder, ['--version']);
  try {
    git(folder, ['var', 'GIT_AUTHOR_IDENT']);
    git(folder, ['var', 'GIT_COMMITTER_IDENT']);
  } catch (error) {
    throw new Failure(
      EXIT.failed,
      'git does not know who you are, and the new repository begins with a commit of yours',
      "Tell it: git config --global user.name 'Your Name' && git config --global user.email you@example.org",
      error,
    );
  }
}

/**
 * Makes a folder a repository, with all that is in it and that its .gitignore does not name as its first commit.
 * @throws {Failure} with what git said.
 */
export function commitAll(folder: string, message: string): void {
  git(folder, ['init', '--quiet', '--initial-branch', 'main']);
  // By the repository's own list of ignored files, not the user's, and without a change of line ends.
  git(folder, ['-c', `core.excludesFile=${devNull}`, '-c', 'core.autocrlf=false', 'add', '--all']);
  git(folder, ['-c', 'core.autocrlf=false', 'commit', '--quiet', '--message', message]);
}

function git(folder: string, args: readonly string[]): void {
  const { status, signal, stdout, stderr, error } = spawnSync('git', [...args], {
    cwd: folder,
    env: gitEnvironment(),
    timeout: TIMEOUT_MS,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined && signal === null) {
    throw cannotRun(error);
  }
  if (status !== 0) {
    const ending = signal === null ? `exit code ${status}` : signal;
    throw new Failure(
      EXIT.failed,
      `git ${args.find((each) => /^[a-z]/.test(each) && !each.includes('=')) ?? ''} ended with ${ending}:\n${(stderr + stdout).trimEnd()}`,
      'Nothing was written. Mend what git says, then run the command again.',
    );
  }
}

function cannotRun(error: Error): Failure {
  return new Failure(
    EXIT.failed,
    `git could not be run: ${error.message}`,
    'Install git, then run the command again.',
    error,
  );
}
