import { isLink, type TreeFile } from './tree.ts';

/** Git looks for a NUL in as many bytes at the start of a file to tell what is binary. */
const LOOKED_AT_BYTES = 8000;
/** The UTF-8 bytes of U+FEFF, as Latin-1 shows them. */
const MARK = '\u00EF\u00BB\u00BF';

/** How a text is written down, which is no part of what it says. */
interface Style {
  /** Whether it begins with a byte order mark. */
  readonly hasMark: boolean;
  /** Undefined where no line ends. */
  readonly eol: '\n' | '\r\n' | undefined;
}

/**
 * What a file says, apart from how it is written down: its lines with LF and without a byte order mark, as Latin-1, so
 * that bytes of any encoding survive. Undefined for a binary file or a symbolic link.
 */
export function linesOf(file: TreeFile): string | undefined {
  return isBinary(file) || isLink(file) ? undefined : withoutMark(latin1(file)).replaceAll('\r\n', '\n');
}

/** Whether git would take the content for binary. */
export function isBinary(file: TreeFile): boolean {
  return !isLink(file) && file.content.subarray(0, LOOKED_AT_BYTES).includes(0);
}

/** Whether two files say the same, whatever their line ends, byte order marks and modes are. */
export function saysTheSame(left: TreeFile, right: TreeFile): boolean {
  if (left.content.equals(right.content)) {
    return isLink(left) === isLink(right);
  }
  const lines = linesOf(left);
  return lines !== undefined && lines === linesOf(right);
}

/**
 * Writes lines down as the owner writes the file; what the owner left as it was generated is as the template has it now.
 * @param lines as `linesOf` has them.
 */
export function writtenAs(
  lines: string,
  base: TreeFile | undefined,
  ours: TreeFile,
  theirs: TreeFile | undefined,
): Buffer {
  const [was, is, becomes] = [base, ours, theirs].map((file) => file && styleOf(file));
  const hasMark = pick(was?.hasMark, is?.hasMark, becomes?.hasMark) ?? false;
  const eol = pick(was?.eol, is?.eol, becomes?.eol) ?? '\n';
  return Buffer.from((hasMark ? MARK : '') + lines.replaceAll('\n', eol), 'latin1');
}

function pick<Value>(base: Value | undefined, ours: Value | undefined, theirs: Value | undefined): Value | undefined {
  return (ours === base ? (theirs ?? ours) : ours) ?? theirs ?? base;
}

function styleOf(file: TreeFile): Style {
  const text = latin1(file);
  const windows = text.match(/\r\n/g)?.length ?? 0;
  const all = text.match(/\n/g)?.length ?? 0;
  return { hasMark: text.startsWith(MARK), eol: all === 0 ? undefined : windows * 2 > all ? '\r\n' : '\n' };
}

function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

function latin1({ content }: TreeFile): string {
  return content.toString('latin1');
}
