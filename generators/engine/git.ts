import { spawnSync } from 'node:child_process';

/** The environment for git: without what a hook of another repository set, and in English. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const ofHook = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY)$/;
  const environment = Object.entries(process.env).filter(([name]) => !ofHook.test(name));
  return { ...Object.fromEntries(environment), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}

/** Runs git in a folder. @returns its output; undefined where git is not there, or says no. */
export function gitOutput(folder: string, args: readonly string[], input?: string | Buffer): Buffer | undefined {
  const { status, stdout } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: folder,
    env: { ...gitEnvironment(), GIT_OPTIONAL_LOCKS: '0' },
    input: input ?? '',
    maxBuffer: 1024 ** 3,
    stdio: 'pipe',
    timeout: 120_000,
  });
  return status === 0 ? stdout : undefined;
}

/** The same, as the names that `-z` separates. */
export function gitNames(folder: string, args: readonly string[], input?: string): readonly string[] | undefined {
  return gitOutput(folder, args, input)?.toString('utf8').split('\0').filter(Boolean);
}

/** The paths in a folder that git follows, or would; undefined where there is no git. */
export function followedByGit(folder: string): readonly string[] | undefined {
  return gitNames(folder, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
}

/** Where a folder lies in its repository, with a slash at the end; empty for the repository's root, or without git. */
export function prefixInRepository(folder: string): string {
  return gitOutput(folder, ['rev-parse', '--show-prefix'])?.toString('utf8').trim() ?? '';
}
