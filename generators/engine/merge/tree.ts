/** A file of a folder that is merged. */
export interface TreeFile {
  /** The bytes; of a symbolic link, its target. */
  readonly content: Buffer;
  /** As git writes it: a file, an executable one, or a symbolic link. */
  readonly mode: '100644' | '100755' | '120000';
}

/** The files of a folder by their paths, relative to it and with forward slashes. */
export type Tree = ReadonlyMap<string, TreeFile>;

/** A file, and the path that it has on one side. */
export interface Located {
  readonly path: string;
  readonly file: TreeFile;
}

export function isLink({ mode }: TreeFile): boolean {
  return mode === '120000';
}

/** Whether two files are equal to the byte and in mode. */
export function isEqualFile(left: TreeFile | undefined, right: TreeFile | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && hasEqualBytes(left, right));
}

function hasEqualBytes(left: TreeFile, right: TreeFile): boolean {
  return left.mode === right.mode && left.content.equals(right.content);
}

/** Whether two trees have the same paths, with equal files. */
export function isEqualTree(left: Tree, right: Tree): boolean {
  return left.size === right.size && [...left].every(([path, file]) => isEqualFile(file, right.get(path)));
}
