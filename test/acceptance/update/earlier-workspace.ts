import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Outcome } from '../../../generators/engine/command/outcome.ts';
import type { Generator } from '../../../generators/engine/generator.ts';
import { outcomeOf } from '../../generate.ts';
import type { EarlierPackage, EarlierState } from '../../history/earlier-states.ts';
import { recordOf } from '../../record-of.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

/** Texts of files by their paths, with forward slashes. */
export type Texts = ReadonlyMap<string, string>;

/** A repository with packages that earlier templates made; the generators are this repository's, as if they were installed. */
export interface EarlierWorkspace extends ScratchWorkspace {
  /** Leaves these packages and no others in the repository, as they were generated. */
  put(packages: readonly EarlierPackage[], state: EarlierState): void;
  /** Removes every package that was put there or made since. */
  clear(): void;
  /** Commits everything. */
  commit(): void;
  /** Runs a generator in this process. */
  generate(generator: Generator, given: Readonly<Record<string, unknown>>): Promise<Outcome>;
  /** The files of a folder, by path in it. */
  texts(folder: string): Texts;
  git(...args: readonly string[]): string;
}

/**
 * A git repository without a package that a generator made.
 * @param isOfStandard whether it has generators and templates itself, as the repository of the standard does.
 */
export async function createEarlierWorkspace(isOfStandard = false): Promise<EarlierWorkspace> {
  const workspace = await createScratchWorkspace();
  const { root } = workspace;
  const git = (...args: readonly string[]) => {
    const settings = [
      'user.name=N',
      'user.email=n@example.org',
      'core.autocrlf=false',
      'gc.auto=0',
      'maintenance.auto=false',
    ];
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    return execFileSync('git', [...settings.flatMap((each) => ['-c', each]), ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 1024 ** 3,
    });
  };
  for (const own of isOfStandard ? [] : ['generators', 'templates', 'plopfile.ts']) {
    rmSync(join(root, own), { recursive: true });
  }
  git('init', '-q');
  const commit = () => {
    git('add', '--all');
    git('commit', '-q', '--allow-empty', '--no-verify', '-m', 'State');
  };
  commit();
  const own = new Set(readdirSync(join(root, 'packages')));
  const clear = () => {
    for (const name of readdirSync(join(root, 'packages')).filter((each) => !own.has(each))) {
      rmSync(join(root, 'packages', name), { recursive: true, force: true });
    }
  };
  return {
    ...workspace,
    git,
    commit,
    clear,
    put(packages, state) {
      clear();
      for (const { folder, files, runs } of packages) {
        for (const [path, { content, mode }] of files) {
          write(join(root, folder, path), content);
          chmodSync(join(root, folder, path), mode === '100755' ? 0o755 : 0o644);
        }
        for (const [path, content] of recordOf({ runs }, state)) {
          write(join(root, folder, path), content);
        }
      }
    },
    generate: (generator, given) => outcomeOf(generator, new Map(Object.entries(given)), root),
    texts: (folder) => textsIn(join(root, folder)),
  };
}

function write(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The files of a folder, by path in it. */
export function textsIn(folder: string): Texts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => lstatSync(path).isFile());
  return new Map(
    paths.toSorted().map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}
