/**
 * Whether a file is a test or something that only tests load: all of integration/ and of folders that say so, and what is named
 * as a test.
 * @param path in the package
 */
export function isTestPath(path: string): boolean {
  return /^(integration|tests?)\/|(^|\/)__tests__\/|\.(test|spec)\.[cm]?[jt]sx?$/.test(path);
}
