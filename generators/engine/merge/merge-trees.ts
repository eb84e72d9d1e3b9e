import { rmSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { findRenames } from './git/find-renames.ts';
import type { Labels } from './git/merge-contents.ts';
import { ObjectStore } from './git/object-store.ts';
import { mergeByKey } from './merge-by-key.ts';
import { type ConflictKind, type Fate, join, mergeFile } from './merge-file.ts';
import { type Decided, mergeLines } from './merge-lines.ts';
import { partFolders } from './part-folders.ts';
import { linesOf, writtenAs } from './plain-text.ts';
import type { Tree, TreeFile } from './tree.ts';
import { pairVersions, type Sides, type Versions, whatMoved } from './versions.ts';

/**
 * How a file is merged: by its lines; not at all, once it was generated (a migration that ran); or by the keys of its
 * JSON, where the higher version wins.
 */
export type MergeClass = 'merged' | 'once' | 'by-key';

export interface MergeInput {
  /** What was generated. */
  readonly base: Tree;
  /** What the owner has. */
  readonly ours: Tree;
  /** What is generated now. */
  readonly theirs: Tree;
  classOf(path: string): MergeClass;
}

/** A file that needs a person. In the result it stands with conflict markers, or as the owner has it. */
export interface MergeConflict {
  /** Where the file is in the result. */
  readonly path: string;
  readonly kind: ConflictKind;
  /** One sentence for the person. */
  readonly explanation: string;
  /** The files for the stages 1, 2 and 3 of git's index, with the line ends of the owner's. */
  readonly base?: TreeFile | undefined;
  readonly ours?: TreeFile | undefined;
  readonly theirs?: TreeFile | undefined;
}

export interface Merged {
  readonly tree: Tree;
  readonly conflicts: readonly MergeConflict[];
  /** The renames that were followed, of both sides: from the path in the base to the path in the result. */
  readonly renames: ReadonlyMap<string, string>;
  /** The paths, in the base, of files that the owner deleted and the template changed. They stay deleted. */
  readonly kept: readonly string[];
}

const LABELS: Labels = { ours: 'yours', base: 'as it was generated', theirs: 'template' };

/**
 * Merges a generated folder with its template, three-way. Git merges the lines and finds the renames, without a
 * repository and whatever the person's configuration is; it is not started where nothing needs it.
 *
 * - A file of the owner alone is never touched, and no line that the owner added is lost: where lines clash they stand
 *   between conflict markers, else the owner's file stays.
 * - A file that the owner deleted stays deleted. One that the template removed goes, if the owner left it as it was.
 * - A renamed file is followed, from half of its content on. A new file goes where the template has it, even if the owner
 *   moved the files beside it elsewhere: to move it after them would be a guess.
 * - Line ends and byte order marks are no changes, and the owner's are kept.
 * @param scratch a folder in which a folder is made for git, and removed again.
 * @param labels what stands behind conflict markers.
 * @throws {Failure} when git is needed and is missing or older than 2.38.
 */
export function mergeTrees(input: MergeInput, scratch: string, labels: Labels = LABELS): Merged {
  const folder = joinPath(scratch, 'merge.git');
  let made: ObjectStore | undefined;
  const store = () => {
    made ??= new ObjectStore(folder);
    return made;
  };
  try {
    return conclude([...decideOnce(input), ...mergeLines(decide(input, store), store, labels)]);
  } finally {
    if (made !== undefined) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

/** Files that are generated once: the owner's as they are, and those that are new. */
function decideOnce(input: MergeInput): readonly Decided[] {
  const sides = ofClass(input, (each) => each === 'once');
  return pairVersions(sides, { ours: new Map(), theirs: new Map() }).map((versions) => {
    const { base, ours, theirs } = versions;
    return { versions, fate: { file: ours?.file ?? (base === undefined ? theirs?.file : undefined) } };
  });
}

function decide(input: MergeInput, store: () => ObjectStore): readonly Decided[] {
  const sides = ofClass(input, (each) => each !== 'once');
  const moves = whatMoved(sides);
  const [ours = new Map(), theirs = new Map()] = findRenames(store, [moves.ours, moves.theirs]);
  return pairVersions(sides, { ours, theirs }).map((versions) => {
    const fate = mergeFile(versions);
    return { versions, fate: input.classOf(versions.path) === 'by-key' ? mergeByKey(versions, fate) : fate };
  });
}

function conclude(decided: readonly Decided[]): Merged {
  const owned = new Set(decided.flatMap(({ versions: { path, ours } }) => (ours === undefined ? [] : [path])));
  const present = decided.filter(({ fate }) => fate.file !== undefined);
  const paths = present.map(({ versions }) => versions.path);
  const parted = partFolders(paths, (path) => owned.has(path));
  const tree = new Map<string, TreeFile>();
  const conflicts: MergeConflict[] = [];
  const renames = new Map<string, string>();
  for (const { versions, fate } of present) {
    const { base } = versions;
    const path = parted.get(versions.path) ?? versions.path;
    if (fate.file !== undefined) {
      tree.set(path, fate.file);
    }
    if (base !== undefined && base.path !== path) {
      renames.set(base.path, path);
    }
    const trouble = path === versions.path ? fate.trouble : blocked(versions.path, fate);
    if (trouble !== undefined) {
      conflicts.push({ path, ...trouble, ...stagesOf(versions) });
    }
  }
  const kept = decided.flatMap(({ versions, fate }) => (fate.isKeptDeleted ? [(versions.base ?? versions).path] : []));
  return { tree, conflicts, renames, kept };
}

function stagesOf({ base, ours, theirs }: Versions) {
  const asOurs = (file: TreeFile | undefined) => {
    const lines = file && ours && linesOf(ours.file) !== undefined ? linesOf(file) : undefined;
    return file === undefined || ours === undefined || lines === undefined
      ? file
      : { content: writtenAs(lines, undefined, ours.file, file), mode: file.mode };
  };
  return { base: asOurs(base?.file), ours: ours?.file, theirs: asOurs(theirs?.file) };
}

function blocked(wanted: string, { trouble }: Fate): NonNullable<Fate['trouble']> {
  const explanation = `The template has this as ${wanted}, where you have a file or a folder of that name.`;
  return { kind: 'file-and-folder', explanation: join(explanation, trouble?.explanation) };
}

function ofClass(input: MergeInput, isWanted: (each: MergeClass) => boolean): Sides {
  const filter = (tree: Tree) => new Map([...tree].filter(([path]) => isWanted(input.classOf(path))));
  return { base: filter(input.base), ours: filter(input.ours), theirs: filter(input.theirs) };
}
