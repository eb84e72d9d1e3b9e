import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { openWorkspace } from '../../src/servers/workspace.ts';

const execute = promisify(execFile);
const repository = resolve(import.meta.dirname, '../../../..');

/** A workspace with servers of its own, apart from those that this run uses. */
export interface ScratchWorkspace {
  readonly root: string;
  readonly id: string;
  readonly stateDirectory: string;
  /** For processes that are to use this workspace's servers. */
  environment(more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  /** Everything in it besides its root. */
  leftovers(): Promise<Leftovers>;
  remove(): Promise<void>;
}

export interface Leftovers {
  /** Command lines, with the process id in front. */
  readonly processes: readonly string[];
  /** Names, of containers in any state; empty where there is no engine. */
  readonly containers: readonly string[];
  readonly directories: readonly string[];
}

export const nothing: Leftovers = { processes: [], containers: [], directories: [] };

/** Makes a workspace that pins the repository's images, except for those given. */
export async function createScratchWorkspace(images?: Readonly<Record<string, string>>): Promise<ScratchWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'testkit-workspace-')));
  const file = join(root, 'images.json');
  await cp(join(repository, 'images.json'), file);
  if (images !== undefined) {
    await writeFile(file, JSON.stringify(images));
  }
  const { id, stateDirectory } = openWorkspace(root);
  return {
    root,
    id,
    stateDirectory,
    environment: (more = {}) => ({ ...withoutThisRun(), TESTKIT_WORKSPACE: root, ...more }),
    leftovers: async () => ({
      processes: await processes([root, id]),
      containers: await containers(id),
      directories: readdirSync(dirname(stateDirectory)).filter((name) => name.startsWith(basename(stateDirectory))),
    }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The choices of the run that these tests are part of are not for the processes that they start. */
function withoutThisRun(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(TESTKIT_|VITEST|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  );
  return Object.fromEntries(others);
}

/** Processes whose command line has one of the strings, but for those that tests started in that workspace. */
export async function processes(texts: readonly string[]): Promise<string[]> {
  const { stdout } = await execute('ps', ['-axww', '-o', 'pid=,command=']);
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => texts.some((text) => line.includes(text)));
}

async function containers(id: string): Promise<string[]> {
  try {
    const { stdout } = await execute('docker', ['ps', '--all', '--filter', `name=${id}`, '--format', '{{.Names}}']);
    return stdout.split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}
