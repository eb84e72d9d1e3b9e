import { access, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Registry } from './registry.ts';
import { runCommand } from './run-command.ts';

/** A repository as `npm create splitlevel` makes it, with its packages from a registry and nothing of this one beside it. */
export interface Repository {
  readonly root: string;
  /** Runs a command line there; throws with its output where it fails. */
  shell(command: string, environment?: NodeJS.ProcessEnv): Promise<string>;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  has(path: string): Promise<boolean>;
  /** Edits its package.json. */
  edit(change: (manifest: Manifest) => Manifest): Promise<void>;
  /** Removes it, and the home of its owner. */
  remove(): Promise<void>;
}

/** A package manager as it is called to make a repository, and afterwards there. */
export interface Creator {
  /** `npm create` */
  readonly command: string;
  /** Between its own arguments and the options. */
  readonly separator: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/**
 * Makes a repository in an empty folder.
 * @param version of Splitlevel.
 * @param options of the command, as on a command line.
 * @param by the package manager that makes it.
 */
export async function createRepository(
  registry: Registry,
  version: string,
  options: string,
  by: Creator = { command: 'npm create --yes', separator: ' --', environment: {} },
): Promise<Repository> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-home-')));
  await writeFile(join(home, '.gitconfig'), '[user]\nname = Owner\nemail = owner@example.org\n');
  await writeFile(join(home, '.npmrc'), `registry=${registry.url}\n`);
  const environment = {
    HOME: home,
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    npm_config_cache: (await runCommand(home, 'npm', ['config', 'get', 'cache'])).trim(),
    npm_config_userconfig: join(home, '.npmrc'),
    INIT_CWD: undefined,
    ...by.environment,
  };
  const shell = (folder: string, command: string, more: NodeJS.ProcessEnv = {}) =>
    runCommand(folder, 'bash', ['-c', command], { ...environment, ...more });
  const root = join(home, 'shop');
  await shell(home, `${by.command} splitlevel@${version} shop${by.separator} ${options}`);
  return {
    root,
    shell: (command, more) => shell(root, command, more),
    read: (path) => readFile(join(root, path), 'utf8'),
    write: (path, content) => writeFile(join(root, path), content),
    has: (path) =>
      access(join(root, path)).then(
        () => true,
        () => false,
      ),
    async edit(change) {
      const path = join(root, 'package.json');
      const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
      await writeFile(path, `${JSON.stringify(change(manifest), undefined, 2)}\n`);
    },
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
