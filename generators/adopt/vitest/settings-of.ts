import { isAbsolute, relative } from 'node:path';
import { configDefaults } from 'vitest/config';
import type { TestProject } from 'vitest/node';
import type { AliasSetting, ProjectSettings } from './report.ts';

const MOCKS = ['clearMocks', 'mockReset', 'restoreMocks', 'unstubEnvs', 'unstubGlobals'] as const;

/**
 * The settings of a project on which its test files depend.
 * @param root of the package; absolute.
 */
export function settingsOf({ name, config, vite }: TestProject, root: string): ProjectSettings {
  const inPackage = (path: string) => (isWithin(root, path) ? relative(root, path) : path);
  return {
    name,
    root: inPackage(config.root),
    globals: config.globals,
    aliases: vite.config.resolve.alias.flatMap((alias) => aliasOf(alias, root)),
    setupFiles: config.setupFiles.map(inPackage),
    environment: config.environment,
    env: Object.fromEntries(Object.entries(config.env ?? {}).map(([key, value]) => [key, String(value)])),
    mocks: MOCKS.filter((key) => config[key] === true && configDefaults[key] !== true),
    plugins: vite.config.plugins
      .map((plugin) => plugin.name)
      .filter((plugin) => !/^(vite|vitest|builtin|rolldown|native|alias|commonjs)(:|-|$)/.test(plugin)),
    browser: config.browser?.enabled === true,
  };
}

interface ViteAlias {
  readonly find: string | RegExp;
  readonly replacement: string;
}

/** Vite's own alias, which leads into its client, is not the author's. */
function aliasOf({ find, replacement }: ViteAlias, root: string): readonly AliasSetting[] {
  if (/@vite\\?\/(env|client)/.test(String(find))) {
    return [];
  }
  const written = find instanceof RegExp ? { source: find.source, flags: find.flags } : find;
  const inPackage = isAbsolute(replacement) && isWithin(root, replacement);
  return [{ find: written, replacement: inPackage ? relative(root, replacement) || '.' : replacement, inPackage }];
}

function isWithin(root: string, path: string): boolean {
  const inside = relative(root, path);
  return isAbsolute(path) && inside !== '..' && !inside.startsWith('../') && !isAbsolute(inside);
}
