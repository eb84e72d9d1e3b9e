import { saysTheSame } from './plain-text.ts';
import { isEqualFile, type Located, type Tree } from './tree.ts';

/** One file on the three sides, under the names that it has there. */
export interface Versions {
  /** Where it is in the result. */
  readonly path: string;
  readonly base?: Located | undefined;
  readonly ours?: Located | undefined;
  readonly theirs?: Located | undefined;
}

/** The files of a folder on three sides. */
export interface Sides {
  readonly base: Tree;
  readonly ours: Tree;
  readonly theirs: Tree;
}

/** For each side a map from the path in the base to the path there. */
export interface Renames {
  readonly ours: ReadonlyMap<string, string>;
  readonly theirs: ReadonlyMap<string, string>;
}

/** What moved, as far as can be told from the paths: empty where no rename could change the outcome. */
export function whatMoved(sides: Sides) {
  const { base, ours, theirs } = sides;
  const moves = { ours: movesOf(base, ours), theirs: movesOf(base, theirs) };
  // A file that one side moved matters if the other changed or removed it.
  const isRelevant = (removed: Tree, other: Tree) =>
    [...removed].some(([path, file]) => {
      const there = other.get(path);
      return there === undefined || !isEqualFile(there, file);
    });
  const none = { removed: new Map(), added: new Map() };
  return {
    ours: isRelevant(moves.ours.removed, theirs) ? moves.ours : none,
    theirs: isRelevant(moves.theirs.removed, ours) ? moves.theirs : none,
  };
}

function movesOf(base: Tree, side: Tree) {
  return {
    removed: new Map([...base].filter(([path]) => !side.has(path))),
    added: new Map([...side].filter(([path]) => !base.has(path))),
  };
}

/**
 * Pairs the files of three sides. The owner's name for a file wins over the template's. A file does not follow a rename
 * to a path at which the other side has another file.
 */
export function pairVersions({ base, ours, theirs }: Sides, renames: Renames): readonly Versions[] {
  const rest = { ours: new Map(ours), theirs: new Map(theirs) };
  const take = (side: 'ours' | 'theirs', path: string): Located | undefined => {
    const file = rest[side].get(path);
    rest[side].delete(path);
    return file && { path, file };
  };
  const pairs: Versions[] = [];
  for (const [path, file] of base) {
    const [here, there] = [renames.ours.get(path), renames.theirs.get(path)];
    const movedHere = here === undefined || (theirs.has(here) && there !== here) ? undefined : here;
    const movedThere = there === undefined || (ours.has(there) && here !== there) ? undefined : there;
    const located = {
      base: { path, file },
      ours: take('ours', movedHere ?? path),
      theirs: take('theirs', movedThere ?? path),
    };
    pairs.push({ path: movedHere ?? (located.ours && movedThere) ?? path, ...located });
  }
  for (const path of new Set([...rest.ours.keys(), ...rest.theirs.keys()])) {
    pairs.push({ path, ours: take('ours', path), theirs: take('theirs', path) });
  }
  return pairs;
}

/** Whether a side has a file otherwise than it was generated: by what it says, its mode or its path. */
export function isChanged(base: Located, side: Located): boolean {
  return base.path !== side.path || base.file.mode !== side.file.mode || !saysTheSame(base.file, side.file);
}
