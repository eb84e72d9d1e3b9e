import { parse } from 'jsonc-parser';
import type { AdoptedPackage } from './read-package.ts';
import type { Alias } from './source/aliases.ts';
import type { ProjectSettings } from './vitest/report.ts';

/** How the author's script runs Vitest. */
export interface Script {
  /** As `scripts.test`; undefined where no script runs it. */
  readonly name: string | undefined;
  /** Flags after `vitest run`. */
  readonly flags: readonly string[];
  /** Variables set before it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads the script that runs Vitest, `test` before others. */
export function scriptOf({ manifest: { scripts = {} } }: Pick<AdoptedPackage, 'manifest'>): Script {
  const names = ['test', ...Object.keys(scripts).filter((name) => name !== 'test')];
  for (const name of names) {
    for (const command of (scripts[name] ?? '').split(/&&|\|\||;/)) {
      const words = wordsOf(command);
      const at = words.indexOf('vitest');
      if (at === -1) {
        continue;
      }
      const variables = words.slice(0, at).map((word) => /^([A-Za-z_]\w*)=(.*)$/.exec(word));
      const environment = variables.filter((match) => match !== null).map(([, key, value]) => [key, value] as const);
      const flags = words.slice(at + 1).filter((word, index, all) => isFlag(word, all[index - 1]));
      return { name: `scripts.${name}`, flags, environment: Object.fromEntries(environment) };
    }
  }
  return { name: undefined, flags: [], environment: {} };
}

function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** Flags and their values; not what names files, since all are to be seen. */
function isFlag(word: string, before: string | undefined): boolean {
  if (/^--?(coverage|watch|w|u|update|ui|bail|shard|changed|t|testNamePattern|reporter|outputFile)\b/.test(word)) {
    return false;
  }
  if (word.startsWith('-')) {
    return true;
  }
  return (
    before !== undefined &&
    /^(-c|-r|--(config|root|dir|environment|pool|project|mode|testTimeout|hookTimeout))$/.test(before)
  );
}

/** The aliases of a project: Vite's, and TypeScript's where something made Vite take these. */
export function aliasesOf(
  project: ProjectSettings,
  keys: readonly string[],
  tsconfig: string | undefined,
): readonly Alias[] {
  const own = project.aliases.map(({ find, ...rest }): Alias => {
    return { find: typeof find === 'string' ? find : new RegExp(find.source, find.flags), ...rest };
  });
  const byPaths =
    keys.includes('resolve.tsconfigPaths') || project.plugins.some((name) => /tsconfig-?paths/i.test(name));
  return byPaths && tsconfig !== undefined ? [...own, ...pathsOf(tsconfig)] : own;
}

/** The `paths` of a tsconfig.json as aliases. */
export function pathsOf(tsconfig: string): readonly Alias[] {
  const { compilerOptions = {} } = (parse(tsconfig) ?? {}) as {
    compilerOptions?: { baseUrl?: string; paths?: Record<string, readonly string[]> };
  };
  const { baseUrl = '.', paths = {} } = compilerOptions;
  return Object.entries(paths).flatMap(([pattern, [target]]) => {
    if (target === undefined) {
      return [];
    }
    const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
    const path = `${baseUrl}/${target}`.replaceAll(/(^|\/)(\.\/)+/g, '$1').replace('*', '$1');
    return [{ find: new RegExp(`^${escaped.replace('*', '(.*)')}$`), replacement: path, inPackage: true }];
  });
}
