import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plop } from '../green-packages.ts';
import { createScratchWorkspace, repositoryRoot } from '../scratch-workspace.ts';
import type { Registry } from './registry.ts';
import { runCommand } from './run-command.ts';

/** A repository that has the packages of Splitlevel from a registry, and nothing of this one beside them. */
export interface Repository {
  readonly root: string;
  /** Runs a command there; throws with its output where it fails. */
  run(command: string, args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<string>;
  /** Sets the version of one of the packages, and installs it. */
  install(versions: Readonly<Record<string, string>>): Promise<void>;
  remove(): Promise<void>;
}

/** Root files that it has as this repository has them. */
const SAME = ['images.json', 'tsconfig.json', 'biome.json', '.gitignore', '.gitattributes', 'vitest.config.ts'];
/** The tools of its root, and what the tests of a generated service import of it. */
const TOOLS = /^(@biomejs\/biome|@types\/.+|node|nx|typescript|vitest|fast-check|bignumber\.js|async-cache-dedupe)$/;

interface RootManifest {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

/**
 * Makes a repository with one generated service, `orders`, and installs from the registry.
 * @param service options of the service.
 * @param version of the packages of Splitlevel.
 */
export async function createRepository(
  registry: Registry,
  service: readonly string[],
  version: string,
): Promise<Repository> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-repository-')));
  for (const path of SAME) await cp(join(repositoryRoot, path), join(root, path));
  const own = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as RootManifest;
  const tools = Object.entries(own.devDependencies).filter(([name]) => TOOLS.test(name));
  const manifest = {
    name: '@splitlevel/shop',
    version: '0.0.0',
    private: true,
    type: 'module',
    workspaces: ['packages/*'],
    devDependencies: {
      ...Object.fromEntries(tools),
      '@splitlevel/guards': version,
      '@splitlevel/testkit': version,
    },
    allowScripts: own.allowScripts,
  };
  const write = (path: string, content: string) => writeFile(join(root, path), content);
  await write('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
  await write('.npmrc', `registry=${registry.url}\n`);
  await write('nx.json', installedRules(await readFile(join(repositoryRoot, 'nx.json'), 'utf8')));
  await write(
    'tsconfig.json',
    (await readFile(join(root, 'tsconfig.json'), 'utf8')).replace(/"include": .*/, '"include": ["*.ts"]'),
  );
  await generateService(service, root);
  const run: Repository['run'] = (command, args, environment) => runCommand(root, command, args, environment);
  await run('git', ['init', '--quiet']);
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund']);
  return {
    root,
    run,
    async install(versions) {
      const packages = Object.entries(versions).map(([name, each]) => `@splitlevel/${name}@${each}`);
      await run('npm', ['install', '--save-dev', '--save-exact', '--no-audit', '--no-fund', ...packages]);
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The rules of nx.json with the packages as what is installed, in place of projects of the workspace. */
function installedRules(text: string): string {
  const rules = JSON.parse(text, (_, value) =>
    value?.projects && value.input
      ? {
          externalDependencies: value.projects
            .filter((name: string) => name !== 'openapi')
            .map((name: string) => `@splitlevel/${name}`),
        }
      : value,
  );
  return JSON.stringify(rules, undefined, 2).replaceAll(
    /packages\/testkit\/src\/([\w/-]+)\.ts/g,
    'node_modules/@splitlevel/testkit/dist/$1.js',
  );
}

async function generateService(options: readonly string[], root: string): Promise<void> {
  const workspace = await createScratchWorkspace();
  try {
    await plop(workspace, 'service', 'orders', ...options);
    await cp(join(workspace.root, 'packages/orders'), join(root, 'packages/orders'), { recursive: true });
  } finally {
    await workspace.remove();
  }
}
