import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { obeyPermissions } from '../../obey-permissions.ts';

const repository = join(import.meta.dirname, '../../..');
const fixture = join(import.meta.dirname, 'fixture');

/** The result of a finished `npx plop`. */
export interface Finished {
  /** The exit code; 128 and the signal's number where a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PlopOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout?: number;
  /** Whether permissions bind the superuser too. */
  readonly obeyPermissions?: boolean;
  /** Where the command is given. Default: the workspace's root. */
  readonly folder?: string;
}

/** A small workspace with the engine of this repository and the generators of the fixture. */
export interface EngineWorkspace {
  readonly root: string;
  /** Runs Plop as `npx plop` would, without a terminal. Killed after `timeout` milliseconds (60 000). */
  plop(args: readonly string[], options?: PlopOptions): Promise<Finished>;
  /** Every file of the workspace except node_modules, with its content: equal trees are equal maps. */
  tree(): Promise<Map<string, string>>;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a workspace in a temporary folder. Node modules are this repository's, by a link. */
export async function createEngineWorkspace(): Promise<EngineWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-engine-')));
  const temporary = join(root, '.tmp');
  await mkdir(temporary);
  for (const file of ['plopfile.ts', 'biome.json', 'generators/engine']) {
    await cp(join(repository, file), join(root, file), { recursive: true });
  }
  await cp(join(fixture, 'templates'), join(root, 'templates'), { recursive: true });
  for (const name of await readdir(join(fixture, 'generators'))) {
    const source = await readFile(join(fixture, 'generators', name, 'generator.ts'), 'utf8');
    await mkdir(join(root, 'generators', name));
    const moved = source.replaceAll('../../../../../../generators/engine/', '../engine/');
    await writeFile(join(root, 'generators', name, 'generator.ts'), moved);
  }
  const { version } = JSON.parse(await readFile(join(repository, 'node_modules/plop/package.json'), 'utf8')) as {
    version: string;
  };
  const manifest = {
    name: '@acme/workspace',
    version: '1.2.3',
    private: true,
    type: 'module',
    workspaces: ['packages/*'],
    devDependencies: { plop: version },
  };
  await writeFile(join(root, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await mkdir(join(root, 'packages'));
  await mkdir(join(root, 'lists'));
  await writeFile(join(root, 'lists/first.txt'), 'first\n');
  await writeFile(join(root, 'lists/second.txt'), 'second\n', { mode: 0o755 });
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));

  return {
    root,
    plop: (args, options) => runPlop(root, args, options),
    tree: () => treeOf(root),
    read: (path) => readFile(join(root, path), 'utf8'),
    write: async (path, content) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The command that `npx plop` starts: Node 24 from the workspace with the engine's entry, which starts Plop's. */
export function plopCommand(root: string): readonly [string, string] {
  return [join(root, 'node_modules/.bin/node'), join(root, 'node_modules/splitlevel/bin/splitlevel.js')];
}

/** The environment of a run: the machine's, without what Vitest and npm set for the run that this test is part of. */
export function plopEnvironment(root: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const ofThisRun = /^(INIT_CWD$|NX_|npm_|VITEST|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$)/;
  const machine = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name)) as [string, string][];
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  return { ...Object.fromEntries(machine), PATH: path, TMPDIR: join(root, '.tmp'), NO_COLOR: '1', ...more };
}

function runPlop(root: string, args: readonly string[], options: PlopOptions = {}): Promise<Finished> {
  const [node, plop] = plopCommand(root);
  return new Promise((resolve, reject) => {
    const plain = [node, plop, ...args] as const;
    const [command, ...rest] = options.obeyPermissions ? obeyPermissions(node, plain.slice(1)) : plain;
    const child = spawn(command, rest, {
      cwd: options.folder ?? root,
      env: plopEnvironment(root, options.environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeout ?? 60_000);
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output.stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === null) {
        reject(new Error(`plop ${args.join(' ')} was ended by ${signal}\n${output.stdout}\n${output.stderr}`));
      } else {
        resolve({ code, ...output });
      }
    });
  });
}

async function treeOf(root: string): Promise<Map<string, string>> {
  const tree = new Map<string, string>();
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && path !== '.tmp') {
        tree.set(`${path}/`, '');
        await walk(path);
      } else if (entry.isFile()) {
        tree.set(path, await readFile(join(root, path), 'latin1'));
      }
    }
  };
  await walk('');
  return tree;
}
