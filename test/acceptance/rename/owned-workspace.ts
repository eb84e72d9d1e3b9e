import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../generators/engine/command/outcome.ts';
import { loadGenerators } from '../../../generators/engine/load-generators.ts';
import { outcomeOf } from '../../generate.ts';
import { createScratchWorkspace, repositoryRoot, type ScratchWorkspace } from '../../scratch-workspace.ts';

/** Values for options by name. */
export type Given = Readonly<Record<string, unknown>>;

/** A git repository of somebody who has the standard installed: the generators are not its own. */
export interface OwnedWorkspace extends ScratchWorkspace {
  /** Runs a generator in this process, without an installation. */
  plop(generator: string, given: Given): Promise<Outcome>;
  /** Runs git, and returns what it says. */
  git(...args: readonly string[]): string;
  /** Commits everything. */
  commit(): void;
  /** The files that git follows or would, but for the lockfile, as text. */
  texts(): Promise<ReadonlyMap<string, string>>;
}

/** What the standard's own repository has beside that of a user. */
const NOT_OWNED = ['generators', 'templates', 'test', 'docs', 'bench'];
const SETTINGS = {
  'user.name': 'N',
  'user.email': 'n@example.org',
  'core.autocrlf': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
};

/** Makes such a repository without a package of its owner. The caller removes it. */
export async function createOwnedWorkspace(): Promise<OwnedWorkspace> {
  const workspace = await createScratchWorkspace();
  const { root } = workspace;
  const generators = await loadGenerators(repositoryRoot);
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: root,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 1024 ** 3,
    });
  for (const folder of NOT_OWNED) {
    rmSync(join(root, folder), { recursive: true });
  }
  const register = JSON.stringify(join(repositoryRoot, 'generators/engine/command/register.ts'));
  await workspace.write(
    'plopfile.ts',
    `import { registerGenerators } from ${register};\nprocess.exitCode = 1;\nexport default (plop) => registerGenerators(plop, import.meta.dirname);\n`,
  );
  writeFileSync(join(root, 'README.md'), '# A workspace\n');
  git('init', '-q');
  for (const [name, value] of Object.entries(SETTINGS)) {
    git('config', name, value);
  }
  // The standard's packages stand for those that are installed from a registry.
  const { stdout: listed } = await workspace.run('git', ['ls-files', '--others', '--exclude-standard', 'packages']);
  const standards = new Set(listed.split('\n').flatMap((path) => path.split('/')[1] ?? []));
  appendFileSync(
    join(root, '.git/info/exclude'),
    ['.ci', 'plopfile.ts', ...[...standards].map((name) => `packages/${name}`)].map((path) => `/${path}\n`).join(''),
  );
  const commit = () => {
    git('add', '--all');
    git('commit', '-q', '--allow-empty', '--no-verify', '-m', 'State');
  };
  commit();
  return {
    ...workspace,
    git,
    commit,
    plop: async (name, given) => {
      const generator = generators.find((each) => each.name === name);
      if (generator === undefined) {
        throw new Error(`There is no generator ${name}.`);
      }
      return await outcomeOf(generator, new Map(Object.entries(given)), root);
    },
    texts: async () => {
      const names = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
      const present = await Promise.all(
        names
          .filter((path) => path !== 'package-lock.json')
          .map(async (path) => [path, await workspace.read(path).catch(() => undefined)] as const),
      );
      return new Map(present.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
    },
  };
}
