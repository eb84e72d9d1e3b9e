import { spawnSync } from 'node:child_process';

/** Runs git in a folder. @returns its output; undefined where git is not there, or says no. */
export function gitOutput(folder: string, args: readonly string[], input?: string | Buffer): Buffer | undefined {
  const { status, stdout } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: folder,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    input: input ?? '',
    maxBuffer: 1024 ** 3,
    stdio: 'pipe',
    timeout: 120_000,
  });
  return status === 0 ? stdout : undefined;
}

/** The same, as the names that `-z` separates. */
export function gitNames(folder: string, args: readonly string[]): readonly string[] | undefined {
  return gitOutput(folder, args)?.toString('utf8').split('\0').filter(Boolean);
}
