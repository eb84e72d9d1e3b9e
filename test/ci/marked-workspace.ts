import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { PUBLISHED } from '../../.ci/release/packages.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';
import { setCommand } from '../set-command.ts';
import { Github } from './github.ts';
import { Gitlab } from './gitlab.ts';
import { setInstalled } from './machine.ts';

/** The packages, and what each depends on. money is a library; billing is used by mailer. */
export const packages: Readonly<Record<string, { dependsOn: string[]; options: string[] | undefined }>> = {
  money: { dependsOn: [], options: undefined },
  orders: { dependsOn: ['money'], options: ['--upstream', 'rates'] },
  billing: { dependsOn: ['money'], options: [] },
  shipping: { dependsOn: ['money'], options: ['--upstream', 'carrier'] },
  mailer: { dependsOn: ['billing'], options: ['--upstream', 'letters', '--database', 'none'] },
  catalog: { dependsOn: [], options: [] },
  search: { dependsOn: [], options: ['--database', 'none'] },
  stock: { dependsOn: [], options: [] },
};
export const allProjects = [...Object.keys(packages), ...PUBLISHED];
export const targets = ['lint', 'typecheck', 'unit', 'integration'];

/** CI of this repository itself, which repositories on the standard do not have. */
const OWN_CI = ['.github/workflows/acceptance.yml', '.gitlab/own-jobs.yml'];

/** A developer's clone of a workspace of generated packages, its remote, and the forges that watch that. */
export interface MarkedWorkspace {
  readonly clone: ScratchWorkspace;
  readonly github: Github;
  readonly gitlab: Gitlab;
  /** Runs git in the clone, and returns what it prints. */
  git(...args: string[]): Promise<string>;
  /** Commits all that changed, and returns the commit. */
  commit(message: string): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: JSON whose shape Nx and npm define
  edit(path: string, change: (document: any) => void): Promise<void>;
  append(path: string, text?: string): Promise<void>;
  /** The tasks that ran since this was last asked, sorted. One that was spread over machines is there once. */
  tasksThatRan(): Promise<string[]>;
  remove(): Promise<void>;
}

/**
 * Generates the packages and pushes them as `main`. Rules, graph and scripts are the workspace's own.
 * @param command replaces the commands of all targets, unless it is `real`; default: one that only notes that the task ran
 */
export async function createMarkedWorkspace(
  command = 'echo $NX_TASK_TARGET_PROJECT:$NX_TASK_TARGET_TARGET >> "$MARKS"',
): Promise<MarkedWorkspace> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-forge-')));
  const marks = join(folder, 'marks');
  const remote = join(folder, 'remote.git');
  const [clone, machine] = [await createScratchWorkspace(), await createScratchWorkspace()];
  await mkdir(join(folder, 'github'));
  // With more of the testkit's own tests its suite is so long that it is spread over machines, which has tests of its own.
  const suites = join(clone.root, 'packages/testkit/integration');
  for (const entry of await readdir(suites, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'queries') {
      await rm(join(suites, entry.name), { recursive: true });
    }
  }
  // NODE_COMPILE_CACHE for time: all machines run the same Nx.
  const environment = { MARKS: marks, NODE_COMPILE_CACHE: join(folder, 'compiled') };

  const run = async (name: string, ...args: string[]) => {
    const outcome = await clone.run(name, args);
    expect(outcome.code, `${name} ${args.join(' ')}\n${outcome.stdout}${outcome.stderr}`).toBe(0);
    return outcome.stdout.trim();
  };
  const author = ['-c', 'user.name=N', '-c', 'user.email=n@example.org', '-c', 'protocol.file.allow=always'];
  const workspace: MarkedWorkspace = {
    clone,
    github: new Github(machine, remote, join(folder, 'github'), environment),
    gitlab: new Gitlab(machine, remote, join(folder, 'gitlab'), environment),
    git: (...args) => run('git', ...author, ...args),
    async commit(message) {
      await workspace.git('add', '--all');
      await workspace.git('commit', '--quiet', '--allow-empty', '--message', message);
      return workspace.git('rev-parse', 'HEAD');
    },
    async edit(path, change) {
      const document = JSON.parse(await clone.read(path));
      change(document);
      await clone.write(path, `${JSON.stringify(document, null, 2)}\n`);
    },
    append: async (path, text = '\n// changed\n') => clone.write(path, `${await clone.read(path)}${text}`),
    async tasksThatRan() {
      const lines = await readFile(marks, 'utf8').catch(() => '');
      await writeFile(marks, '');
      const ran = lines.split('\n').filter(Boolean);
      const isPart = (task: string) => task.includes(' --exclude=');
      const split = new Set(ran.filter(isPart).map((task) => task.slice(0, task.indexOf(' '))));
      return [...ran.filter((task) => !isPart(task)), ...split].sort();
    },
    async remove() {
      await setInstalled(machine, true);
      await Promise.all([clone.remove(), machine.remove()]);
      await rm(folder, { recursive: true, force: true });
    },
  };

  for (const [name, { options }] of Object.entries(packages)) {
    if (options === undefined) {
      await writeLibrary(clone, name);
    } else {
      await run('plop', 'service', name, '--entity', 'product', '--yes', '--no-install', ...options);
    }
  }
  for (const [name, { dependsOn }] of Object.entries(packages)) {
    await workspace.edit(`packages/${name}/package.json`, (manifest) => {
      for (const dependency of dependsOn) {
        manifest.dependencies[`@splitlevel/${dependency}`] = '*';
      }
    });
  }
  await workspace.edit('package.json', (manifest) => {
    delete manifest.nx.targets; // Those of this repository itself: its own tests are not in question here.
    for (const name of ['acceptance', 'planted-bugs', 'stubs', 'matrix', 'registry', 'ci:acceptance']) {
      delete manifest.scripts[name];
    }
    manifest.scripts.standard = 'node --version'; // It has tests of its own, and departs here: the commands are replaced.
  });
  for (const path of OWN_CI) {
    await rm(join(clone.root, path));
  }
  if (command !== 'real') {
    await workspace.edit('nx.json', (nx) => {
      for (const target of targets) {
        setCommand(nx, target, command);
      }
    });
  }
  await run('git', 'init', '--quiet', '--bare', '--initial-branch', 'main', remote);
  await run('git', 'init', '--quiet', '--initial-branch', 'main');
  await run('git', 'remote', 'add', 'origin', remote);
  await workspace.commit('Start');
  return workspace;
}

/** A library, as its generator would make it. */
async function writeLibrary(clone: ScratchWorkspace, name: string): Promise<void> {
  const manifest = {
    name: `@splitlevel/${name}`,
    version: '0.0.0',
    private: true,
    type: 'module',
    exports: './src/index.ts',
    nx: { name, targets: Object.fromEntries(targets.map((target) => [target, {}])) },
    dependencies: {},
  };
  await clone.write(`packages/${name}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  await clone.write(`packages/${name}/README.md`, `# ${name}\n`);
  await clone.write(`packages/${name}/tsconfig.json`, '{ "extends": "../../tsconfig.json", "include": ["src"] }\n');
  await clone.write(
    `packages/${name}/src/index.ts`,
    'export const cents = (value: number) => Math.round(value * 100);\n',
  );
  await clone.write(
    `packages/${name}/src/index.test.ts`,
    "import { expect, test } from 'vitest';\nimport { cents } from './index.ts';\n\ntest('cents', () => expect(cents(1)).toBe(100));\n",
  );
  await clone.write(`packages/${name}/integration/index.test.ts`, "import 'vitest';\n");
}
