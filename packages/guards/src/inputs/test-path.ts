import { isOwnCode, ROOT } from '../blame/caller.ts';

/**
 * Whether a file is a test or something that only tests load: all of integration/ and of folders that say so, and what
 * is named as a test.
 * @param path in the package
 */
export function isTestPath(path: string): boolean {
  return /^(integration|tests?)\/|(^|\/)__tests__\/|\.(test|spec)\.[cm]?[jt]sx?$/.test(path);
}

/**
 * As `isTestPath`, for a file of any package of the workspace; a file of an installed package is not one.
 * @param file absolute; a line and column may follow
 */
export function isTestCode(file: string, root = ROOT): boolean {
  const [path = ''] = file.split(/(?::\d+){2}$/);
  const inside = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  return isOwnCode(path) && isTestPath(inside.replace(/^(.*?\/)?packages\/[^/]+\//, ''));
}
