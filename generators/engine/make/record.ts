import { createHash } from 'node:crypto';
import { withLf } from '../write/line-ends.ts';
import type { RenderedFile } from './render.ts';

/** The file that a generated folder keeps about how it was made. */
export const RECORD_FILE = '.splitlevel.json';

/** A run of a generator on a folder: what made it, or added to it. */
export interface RunRecord {
  readonly generator: string;
  /** The standard's version. */
  readonly version: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** SHA-256 of each file as it was generated, by path. The record itself is not among them. */
  readonly files: Readonly<Record<string, string>>;
}

/** How a folder was made, and what was added to it since. */
export interface GenerationRecord extends RunRecord {
  readonly additions?: readonly AdditionRecord[];
}

/**
 * A run that added to a folder. Made again: the folder from its own record, then each addition in turn, its files and
 * its edits.
 */
export interface AdditionRecord extends RunRecord {
  /** The files that were there and were edited, by path in the folder. */
  readonly edits: readonly string[];
}

/** SHA-256 in hexadecimal, over LF: git may give a working tree other line ends. */
export function hashOf(content: Buffer | string): string {
  return createHash('sha256')
    .update(withLf(Buffer.from(content)))
    .digest('hex');
}

/**
 * The record of files that are yet to be formatted: formatted along with them, it is completed by `completeRecord`. The
 * hashes are stand-ins of the same length, so that its own layout does not depend on them.
 */
export function draftRecord(record: Omit<RunRecord, 'files'>, files: readonly RenderedFile[]): RenderedFile {
  const { generator, version, answers } = record;
  const hashes = sorted(files.map(({ path }) => [path, hashOf(path)]));
  const text = JSON.stringify(
    { generator, version, answers: sorted(Object.entries(answers)), files: hashes },
    undefined,
    2,
  );
  return { path: RECORD_FILE, content: Buffer.from(`${text}\n`) };
}

/** Puts the hashes of the formatted files into the formatted draft of their record. */
export function completeRecord(files: readonly RenderedFile[]): readonly RenderedFile[] {
  const others = files.filter(({ path }) => path !== RECORD_FILE);
  return files.map((file) => {
    if (file.path !== RECORD_FILE) {
      return file;
    }
    const text = others.reduce(
      (draft, { path, content }) => draft.replace(hashOf(path), hashOf(content)),
      file.content.toString('utf8'),
    );
    return { path: file.path, content: Buffer.from(text) };
  });
}

/** Reads a record; undefined when the text is not one. */
export function parseRecord(text: string): GenerationRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<GenerationRecord>;
    const { additions = [] } = record;
    return isRun(record) && Array.isArray(additions) && additions.every(isRun) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a record to which an addition was made, yet to be formatted. */
export function withAddition(record: GenerationRecord, addition: AdditionRecord): string {
  return `${JSON.stringify({ ...record, additions: [...(record.additions ?? []), addition] }, undefined, 2)}\n`;
}

function isRun(record: Partial<GenerationRecord>): record is GenerationRecord {
  const { generator, version, answers, files } = record;
  return typeof generator === 'string' && typeof version === 'string' && isObject(answers) && isObject(files);
}

function sorted(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isObject(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
