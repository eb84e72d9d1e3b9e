import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PUBLISHED } from '../.ci/release/packages.ts';
import { linkNodeModules } from './link-node-modules.ts';
import { type RunningCommand, startCommand } from './running-command.ts';

const execute = promisify(execFile);

/** The workspace that these tests belong to. */
export const repositoryRoot = dirname(import.meta.dirname);

/** The result of a finished command: its exit code and all that it wrote, colours off. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this workspace in a temporary directory, in which a test may generate, edit and break what it likes. */
export interface ScratchWorkspace {
  readonly root: string;
  /**
   * Runs a command of `node_modules/.bin` (or of the machine) in the workspace.
   * A non-zero exit is an outcome, not an error. After `timeout` milliseconds (default 180 000) the command is killed
   * and this throws.
   */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Starts a command that runs until it is told to end. The caller ends it. */
  start(command: string, args: readonly string[], options?: StartOptions): RunningCommand;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  remove(): Promise<void>;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly timeout?: number;
}

export interface StartOptions extends Pick<RunOptions, 'environment'> {
  /** Whether it has a standard input to type to. */
  readonly input?: boolean;
}

/**
 * Copies what git tracks and does not ignore, and links `node_modules` (hard links, so that it costs no time and
 * workspace links point into the copy).
 * @param packages folders of `packages/` that come along, beside the tools of the workspace; default: none
 * @param installed whether `node_modules` is there; without it the workspace is as a fresh clone
 */
export async function createScratchWorkspace(
  packages: readonly string[] = [],
  installed = true,
): Promise<ScratchWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-scratch-')));
  const { stdout } = await execute('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    maxBuffer: 64 * 1024 * 1024,
  });
  const wanted = new Set<string>([...PUBLISHED, ...packages]);
  for (const file of stdout.split('\0').filter(Boolean)) {
    const [top, folder] = file.split('/');
    if (top === 'packages' && folder !== undefined && !wanted.has(folder)) {
      continue;
    }
    await cp(join(repositoryRoot, file), join(root, file), { recursive: true }).catch((error) => {
      if (error.code !== 'ENOENT') {
        throw error; // deleted in the work tree, still in git's index
      }
    });
  }
  await forgetAbsentPackages(root);
  if (installed) {
    await linkNodeModules(join(repositoryRoot, 'node_modules'), root);
  }

  const environmentFor = ({ environment }: Pick<RunOptions, 'environment'>) => ({
    ...machineEnvironment(),
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
    NX_DAEMON: 'false',
    NO_COLOR: '1',
    ...environment,
  });

  async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const timeout = options.timeout ?? 180_000;
    return await new Promise((resolve, reject) => {
      const child = execFile(
        command,
        [...args],
        { cwd: root, env: environmentFor(options), timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error === null) {
            resolve({ code: 0, stdout, stderr });
          } else if (typeof error.code === 'number') {
            resolve({ code: error.code, stdout, stderr });
          } else {
            reject(
              new Error(`${command} ${args.join(' ')} did not end by itself\n${stdout}\n${stderr}`, { cause: error }),
            );
          }
        },
      );
      child.stdin?.end();
    });
  }

  return {
    root,
    run,
    start: (command, args, options = {}) =>
      startCommand(command, args, { ...options, cwd: root, environment: environmentFor(options) }),
    read: (path) => readFile(join(root, path), 'utf8'),
    write: async (path, content) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Takes the packages that stayed behind out of the lockfile: npm refuses one that does not fit the folders. */
async function forgetAbsentPackages(root: string): Promise<void> {
  const path = join(root, 'package-lock.json');
  const lockfile = JSON.parse(await readFile(path, 'utf8')) as { packages: Record<string, { resolved?: string }> };
  const isAbsent = (folder = '') => /^packages\/[^/]+/.test(folder) && !existsSync(join(root, folder, 'package.json'));
  const present = Object.entries(lockfile.packages).filter(([folder, { resolved }]) => {
    return !isAbsent(/^packages\/[^/]+/.exec(folder)?.[0]) && !isAbsent(resolved);
  });
  const packages = Object.fromEntries(present);
  await writeFile(path, `${JSON.stringify({ ...lockfile, packages }, undefined, 2)}\n`);
}

/** The environment without what Nx, npm and Vitest set for the run that this test is part of. */
export function machineEnvironment(): Record<string, string | undefined> {
  const ofThisRun = /^(NX_|npm_|VITEST|NODE_OPTIONS$|FORCE_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisRun.test(name)));
}
