import { posix } from 'node:path';
import type { Suite } from './classify.ts';

/** Folders that say 'tests are here' or which kind they are, where the standard's own folders say it. */
const TELLING = new Set(['test', 'tests', '__tests__', 'spec', 'specs', 'unit', 'integration', 'e2e', 'it']);
const TEST_NAME = /^(.+?)(\.(?:unit|integration|int|it|e2e))?\.(?:test|spec)\.([cm]?[jt]sx?)$/;

/** Whether a file's name is a test's. */
export function isTestName(name: string): boolean {
  return TEST_NAME.test(name);
}

/**
 * Where a test file belongs. One that a suite finds where it is stays there.
 * @param path relative to its package, as the result is.
 * @param kind what it is.
 * @param imports the files of the package that it imports, relative to the package.
 */
export function placeOf(path: string, kind: Suite, imports: readonly string[]): string {
  const { dir, base } = posix.parse(path);
  const stem = TEST_NAME.exec(base)?.[1] ?? withoutExtension(base);
  const top = kind === 'unit' ? 'src' : 'integration';
  const name = `${stem}.test.ts`;
  if (dir === top || dir.startsWith(`${top}/`)) {
    return posix.join(dir, /\.test\.ts$/.test(base) ? base : name);
  }
  const subject = imports.find((file) => file.startsWith('src/') && withoutExtension(posix.basename(file)) === stem);
  if (kind === 'unit' && subject !== undefined) {
    return posix.join(posix.dirname(subject), name);
  }
  const inner = dir.split('/').filter((each) => each !== '' && each !== 'src' && !TELLING.has(each));
  return posix.join(top, ...inner, name);
}

function withoutExtension(name: string): string {
  return name.replace(/\.[cm]?[jt]sx?$/, '');
}
