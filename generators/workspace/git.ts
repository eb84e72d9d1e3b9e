import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { EXIT, Failure } from '../engine/failure.ts';

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

/** The exit code and the output of a command of git. */
export interface GitOutput {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs a command of git that reads. An exit code is an outcome.
 * @throws {Failure} when git cannot be run.
 */
export function gitOutput(folder: string, args: readonly string[], input?: string): GitOutput {
  const { status, stdout, stderr, error, signal } = spawnSync('git', [...args], {
    ...optionsFor(folder),
    maxBuffer: 256 * 1024 * 1024,
    stdio: 'pipe',
    input: input ?? '',
  });
  if (error !== undefined && signal === null) {
    throw cannotRun(error);
  }
  return { status, stdout, stderr: stderr.toString('utf8') };
}

function git(folder: string, args: readonly string[]): void {
  const { status, signal, stdout, stderr, error } = spawnSync('git', [...args], {
    ...optionsFor(folder),
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

function optionsFor(folder: string) {
  // Set where a hook of another repository runs the command.
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY)$/.test(name),
  );
  return {
    cwd: folder,
    env: { ...Object.fromEntries(environment), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    timeout: TIMEOUT_MS,
  };
}

function cannotRun(error: Error): Failure {
  return new Failure(
    EXIT.failed,
    `git could not be run: ${error.message}`,
    'Install git, then run the command again.',
    error,
  );
}
