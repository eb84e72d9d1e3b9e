import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { EXIT, Failure } from '../../failure.ts';
import type { ObjectStore } from './object-store.ts';

const TIMEOUT_MS = 300_000;
const NEEDED = [2, 38] as const;

/**
 * Runs a command of git on a store, by no configuration but the store's.
 * @param accepted the exit codes that are outcomes.
 * @throws {Failure} when git is missing, or too old to merge without a work tree.
 */
export function runGit(store: ObjectStore, args: readonly string[], accepted: readonly number[]): Buffer {
  store.flush();
  const ended = spawn(store, args);
  if (ended.error === undefined && ended.status !== null && accepted.includes(ended.status)) {
    return ended.stdout;
  }
  const found = versionOf(store);
  if (!isEnough(found)) {
    throw new Failure(
      EXIT.failed,
      `Changes are merged by git ${NEEDED.join('.')} or newer, and ${found === undefined ? 'there is no git' : `git is ${found}`}.`,
      'Install a newer git, then run the command again.',
      ended.error,
    );
  }
  const ending = ended.error?.message ?? (ended.signal === null ? `exit code ${ended.status}` : ended.signal);
  throw new Failure(
    EXIT.failed,
    `git ${args[0]} ended with ${ending}:\n${ended.stderr.toString('utf8').trimEnd()}`,
    'Nothing was written. Mend what git says, then run the command again.',
    ended.error,
  );
}

/** Undefined: git cannot be run. */
function versionOf(store: ObjectStore): string | undefined {
  const { status, stdout } = spawn(store, ['version']);
  return status === 0 ? (/\d+(?:\.\d+)+/.exec(stdout.toString('utf8'))?.[0] ?? 'of an unknown version') : undefined;
}

function isEnough(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function spawn(store: ObjectStore, args: readonly string[]) {
  return spawnSync('git', [...args], {
    cwd: store.folder,
    env: environmentFor(store.folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1024 * 1024 * 1024,
    timeout: TIMEOUT_MS,
  });
}

function environmentFor(folder: string): NodeJS.ProcessEnv {
  const environment = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(environment),
    GIT_DIR: folder,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
