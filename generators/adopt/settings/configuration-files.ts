import type { Fate } from './fate.ts';

const VITEST = /^vitest\.(\w+\.)?(config|workspace|projects)(\.\w+)*\.([cm]?[jt]s|json)$/;
const OTHERS: readonly [pattern: RegExp, how: string][] = [
  [/^(eslint\.config\.\w+|\.eslintrc(\.\w+)?|\.eslintignore|biome\.jsonc?)$/, 'the workspace’s biome.json lints all'],
  [/^(prettier\.config\.\w+|\.prettierrc(\.\w+)?|\.prettierignore)$/, 'the workspace’s biome.json formats all'],
];

/** Whether a file of a package, by its path, configures what the workspace configures for all. */
export function isDropped(path: string): boolean {
  return VITEST.test(path) || OTHERS.some(([pattern]) => pattern.test(path));
}

/** The fates of the configuration files of other tools. */
export function configurationFates(files: Iterable<string>): readonly Fate[] {
  return [...files].flatMap((path): Fate[] => {
    const how = OTHERS.find(([pattern]) => pattern.test(path))?.[1];
    return how === undefined ? [] : [{ setting: path, fate: 'dropped', how }];
  });
}
