import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import type { MergeClass } from '../merge/merge-trees.ts';
import { foldersOf } from '../pack.ts';

type Patterns = Readonly<Record<Exclude<MergeClass, 'merged'>, readonly string[]>>;

/**
 * The classes of generated files, as `templates/classes.json` of the pack and of the workspace state them by patterns of
 * paths in the folder.
 * @param root of the workspace.
 */
export function readClasses(root: string): (path: string) => MergeClass {
  const all = foldersOf(root, 'templates/classes.json').map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as Partial<Patterns>,
  );
  const patternsOf = (name: keyof Patterns) => all.flatMap((patterns) => patterns[name] ?? []);
  const [once, byKey] = [patternsOf('once'), patternsOf('by-key')];
  const isIn = (path: string, patterns: readonly string[]) => patterns.some((pattern) => matchesGlob(path, pattern));
  return (path) => (isIn(path, once) ? 'once' : isIn(path, byKey) ? 'by-key' : 'merged');
}
