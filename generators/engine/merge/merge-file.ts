import type { Contents } from './git/merge-contents.ts';
import { isBinary, linesOf, saysTheSame, writtenAs } from './plain-text.ts';
import { isEqualFile, isLink, type TreeFile } from './tree.ts';
import { isChanged, type Versions } from './versions.ts';

/** What a conflict is about. */
export type ConflictKind =
  | 'content'
  | 'removed-by-owner'
  | 'removed-by-template'
  | 'both-added'
  | 'rename'
  | 'file-and-folder'
  | 'binary'
  | 'mode';

/** Why a file needs a person, in one sentence. */
export interface Trouble {
  readonly kind: ConflictKind;
  readonly explanation: string;
}

/** What becomes of one file. */
export interface Fate {
  /** Undefined: it is not in the result. */
  readonly file?: TreeFile | undefined;
  readonly trouble?: Trouble | undefined;
  /** Whether the template changed a file that the owner deleted. */
  readonly isKeptDeleted?: boolean;
  /** The lines that are to be merged; `file` is the owner's until they are. */
  readonly contents?: Contents;
}

/** Decides on one file, but for the lines of a text that both sides changed. */
export function mergeFile({ base, ours, theirs }: Versions): Fate {
  if (ours === undefined || theirs === undefined) {
    return base === undefined ? { file: (ours ?? theirs)?.file } : mergeRemoved({ base, ours, theirs });
  }
  const fate = mergeChanged(base?.file, ours.file, theirs.file);
  if (base === undefined || ours.path === base.path || theirs.path === base.path || ours.path === theirs.path) {
    return fate;
  }
  const explanation = `The template moved ${base.path} to ${theirs.path}, and you to ${ours.path}, where it is kept.`;
  return { ...fate, trouble: { kind: 'rename', explanation: join(explanation, fate.trouble?.explanation) } };
}

function mergeRemoved({
  base,
  ours,
  theirs,
}: Omit<Versions, 'path' | 'base'> & Required<Pick<Versions, 'base'>>): Fate {
  if (base === undefined || ours === undefined) {
    return { isKeptDeleted: base !== undefined && theirs !== undefined && isChanged(base, theirs) };
  }
  if (!isChanged(base, ours)) {
    return {};
  }
  const what = ours.path === base.path ? 'this file, which you changed' : `${base.path}, which you moved here`;
  const explanation = `The template removed ${what}; yours was kept.`;
  return { file: ours.file, trouble: { kind: 'removed-by-template', explanation } };
}

function mergeChanged(base: TreeFile | undefined, ours: TreeFile, theirs: TreeFile): Fate {
  // To the byte first: whoever did not touch a file agrees to its line ends too.
  if (isEqualFile(ours, theirs) || isEqualFile(base, theirs)) {
    return { file: ours };
  }
  if (isEqualFile(base, ours)) {
    return { file: theirs };
  }
  if (isLink(ours) !== isLink(theirs)) {
    return mergeTypes(base, ours, theirs);
  }
  const mode = base === undefined || base.mode !== ours.mode || isLink(base) ? ours.mode : theirs.mode;
  const file = { content: ours.content, mode };
  if (saysTheSame(ours, theirs)) {
    const hasModes = base === undefined && ours.mode !== theirs.mode;
    const explanation =
      'You and the template each added this file, and only one of both is executable; yours was kept.';
    return { file, trouble: hasModes ? { kind: 'mode', explanation } : undefined };
  }
  if (base !== undefined && saysTheSame(base, theirs)) {
    return { file };
  }
  if (base !== undefined && saysTheSame(base, ours)) {
    const lines = linesOf(theirs);
    return { file: { content: lines === undefined ? theirs.content : writtenAs(lines, base, ours, theirs), mode } };
  }
  return mergeTexts(base, file, theirs);
}

function mergeTexts(base: TreeFile | undefined, file: TreeFile, theirs: TreeFile): Fate {
  const both = base === undefined ? 'You and the template each added' : 'You and the template both changed';
  if (isLink(file)) {
    return { file, trouble: { kind: 'content', explanation: `${both} this symbolic link; yours was kept.` } };
  }
  const [ours, changed] = [linesOf(file), linesOf(theirs)];
  if (ours === undefined || changed === undefined || (base !== undefined && isBinary(base))) {
    return { file, trouble: { kind: 'binary', explanation: `${both} this binary file; yours was kept.` } };
  }
  const before = base && linesOf(base);
  return { file, contents: { base: before, ours, theirs: changed } };
}

function mergeTypes(base: TreeFile | undefined, ours: TreeFile, theirs: TreeFile): Fate {
  if (base !== undefined && saysTheSame(base, theirs)) {
    return { file: ours };
  }
  if (base !== undefined && saysTheSame(base, ours)) {
    return { file: theirs };
  }
  const [here, there] = isLink(ours) ? ['a symbolic link', 'a file'] : ['a file', 'a symbolic link'];
  const explanation = `This is ${here} of yours and ${there} of the template’s; yours was kept.`;
  return { file: ours, trouble: { kind: 'mode', explanation } };
}

/** Two sentences as one explanation. */
export function join(first: string, second: string | undefined): string {
  return second === undefined
    ? first
    : `${first.replace(/\.$/, '')}; ${second.charAt(0).toLowerCase()}${second.slice(1)}`;
}
