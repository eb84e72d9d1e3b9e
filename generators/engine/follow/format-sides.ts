import { Failure } from '../failure.ts';
import { formatFiles } from '../make/format.ts';
import type { RenderedFile } from '../make/render.ts';
import type { Merged } from '../merge/merge-trees.ts';
import type { Tree, TreeFile } from '../merge/tree.ts';

/** Formatting is not a change: what differs from what was generated is compared in one format. */
export function formatAlike(
  root: string,
  folder: string,
  { base, ours, theirs }: { base: Tree; ours: Tree; theirs: Tree },
  scratch: string,
): { base: Tree; ours: Tree; theirs: Tree } {
  const isTouched = (path: string) => {
    const [before, mine, now] = [base.get(path), ours.get(path), theirs.get(path)];
    return (
      before !== undefined &&
      mine !== undefined &&
      mine.mode !== '120000' &&
      !areAlike(mine, before) &&
      !areAlike(now, before)
    );
  };
  const paths = [...base.keys()].filter(isTouched);
  const format = (tree: Tree): Tree => {
    const files = paths.flatMap((path) => {
      const content = tree.get(path)?.content;
      return content === undefined ? [] : [{ path, content }];
    });
    const formatted = new Map(formatEach(root, folder, files, scratch).map(({ path, content }) => [path, content]));
    return new Map([...tree].map(([path, file]) => [path, { ...file, content: formatted.get(path) ?? file.content }]));
  };
  return paths.length === 0
    ? { base, ours, theirs }
    : { base: format(base), ours: format(ours), theirs: format(theirs) };
}

/** Lines of two sides, each formatted, need not be so together; of a file with conflicts it cannot be told. */
export function formatMerged(
  root: string,
  folder: string,
  { ours, theirs }: { ours: Tree; theirs: Tree },
  { tree, conflicts }: Merged,
  scratch: string,
): Tree {
  const conflicting = new Set(conflicts.map(({ path }) => path));
  const isOf = (side: Tree, path: string, file: TreeFile) => areAlike(side.get(path), file);
  const merged = [...tree].filter(([path, file]) => {
    const isBoth = ours.has(path) && theirs.has(path) && file.mode !== '120000';
    return isBoth && !conflicting.has(path) && !isOf(ours, path, file) && !isOf(theirs, path, file);
  });
  if (merged.length === 0) {
    return tree;
  }
  const files = merged.map(([path, { content }]) => ({ path, content }));
  const formatted = new Map(formatEach(root, folder, files, scratch).map(({ path, content }) => [path, content]));
  return new Map([...tree].map(([path, file]) => [path, { ...file, content: formatted.get(path) ?? file.content }]));
}

/** What cannot be formatted, since it is in the middle of a change, is compared as it is. */
function formatEach(
  root: string,
  folder: string,
  files: readonly RenderedFile[],
  scratch: string,
): readonly RenderedFile[] {
  try {
    return formatFiles(root, folder, files, scratch);
  } catch (error) {
    if (!(error instanceof Failure) || files.length <= 1) {
      return files;
    }
    const half = Math.ceil(files.length / 2);
    return [files.slice(0, half), files.slice(half)].flatMap((part) => formatEach(root, folder, part, scratch));
  }
}

function areAlike(file: TreeFile | undefined, other: TreeFile): boolean {
  return file?.content.equals(other.content) ?? false;
}
