import { linesOf } from '../plain-text.ts';
import { isLink, type Tree, type TreeFile } from '../tree.ts';
import type { ObjectStore } from './object-store.ts';
import { runGit } from './run-git.ts';

/** In percent of what two files have in common. Git's own default. */
const SIMILAR = 50;
/** Enough where a file only moved to another folder, or where small files have little in common to count. */
const SIMILAR_OF_THE_SAME_NAME = 40;
/** Past as many files, pairs of unequal files take too long to find. */
const LIMIT = 2000;

/** The files that one side has no more, and those that it has in addition. */
export interface Moves {
  readonly removed: Tree;
  readonly added: Tree;
}

/**
 * Pairs removed files with added ones that go on from them: equal ones first, those that kept their name before others,
 * then the most similar, as `git diff-tree` tells.
 * @returns for each of the sides a map from the old path to the new one.
 */
export function findRenames(store: () => ObjectStore, sides: readonly Moves[]): readonly ReadonlyMap<string, string>[] {
  return sides.map(({ removed, added }) => {
    const equal = findEqual({ removed, added });
    const targets = new Set(equal.values());
    const left = [...removed].filter(([path, file]) => !equal.has(path) && canBeSimilar(file));
    const right = [...added].filter(([path, file]) => !targets.has(path) && canBeSimilar(file));
    const similar = left.length === 0 || right.length === 0 ? [] : findSimilar(store(), left, right);
    return new Map([...equal, ...similar]);
  });
}

type Files = readonly (readonly [path: string, file: TreeFile])[];

function findEqual({ removed, added }: Moves): Map<string, string> {
  const found = new Map<string, string>();
  const free = new Map<string, string[]>();
  for (const [path, file] of added) {
    if (file.content.length > 0) {
      const key = keyOf(file);
      free.set(key, [...(free.get(key) ?? []), path]);
    }
  }
  const take = (path: string, choose: (candidates: readonly string[]) => string | undefined) => {
    const file = removed.get(path);
    const candidates = (file && free.get(keyOf(file))) ?? [];
    const chosen = choose(candidates);
    if (file !== undefined && chosen !== undefined) {
      found.set(path, chosen);
      free.set(
        keyOf(file),
        candidates.filter((each) => each !== chosen),
      );
    }
  };
  for (const path of removed.keys()) {
    take(path, (candidates) => candidates.find((each) => nameOf(each) === nameOf(path)));
  }
  for (const path of removed.keys()) {
    if (!found.has(path)) {
      take(path, ([first]) => first);
    }
  }
  return found;
}

function findSimilar(store: ObjectStore, removed: Files, added: Files): readonly (readonly [string, string])[] {
  const before = store.addTree(removed.map(([, file], index) => [`a${index + 10_000_000}`, comparable(file)]));
  const after = store.addTree(added.map(([, file], index) => [`b${index + 10_000_000}`, comparable(file)]));
  const args = ['diff-tree', '-z', '--no-rename-empty', `-M${SIMILAR_OF_THE_SAME_NAME}%`, `-l${LIMIT}`];
  const output = runGit(store, [...args, '--diff-filter=R', before, after], [0])
    .toString('utf8')
    .split('\0');
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 2 < output.length; index += 3) {
    const score = Number(/R(\d+)$/.exec(output[index] ?? '')?.[1]);
    const from = removed[Number(output[index + 1]?.slice(1)) - 10_000_000]?.[0] ?? '';
    const to = added[Number(output[index + 2]?.slice(1)) - 10_000_000]?.[0] ?? '';
    if (score >= SIMILAR || nameOf(from) === nameOf(to)) {
      pairs.push([from, to]);
    }
  }
  return pairs;
}

/** What tells equal files: their lines, or bytes, and whether they are links. */
function keyOf(file: TreeFile): string {
  return `${isLink(file) ? 'link' : 'file'} ${comparable(file).toString('latin1')}`;
}

function comparable(file: TreeFile): Buffer {
  const lines = linesOf(file);
  return lines === undefined ? file.content : Buffer.from(lines, 'latin1');
}

function canBeSimilar(file: TreeFile): boolean {
  return file.content.length > 0 && !isLink(file);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
