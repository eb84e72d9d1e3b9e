import { createHash } from 'node:crypto';
import type { RenderedFile } from './render.ts';

/** The file that a generated folder keeps about how it was made. */
export const RECORD_FILE = '.splitlevel.json';

/** How a folder was made. */
export interface GenerationRecord {
  readonly generator: string;
  /** The standard's version, which is the root's. */
  readonly version: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** SHA-256 of each file as it was generated, by path. The record itself is not among them. */
  readonly files: Readonly<Record<string, string>>;
}

/** SHA-256 in hexadecimal. */
export function hashOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The record of files that are yet to be formatted: formatted along with them, it is completed by `completeRecord`. The
 * hashes are stand-ins of the same length, so that its own layout does not depend on them.
 */
export function draftRecord(record: Omit<GenerationRecord, 'files'>, files: readonly RenderedFile[]): RenderedFile {
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
    const { generator, version, answers, files } = JSON.parse(text) as Partial<GenerationRecord>;
    return typeof generator === 'string' && typeof version === 'string' && isObject(answers) && isObject(files)
      ? { generator, version, answers, files }
      : undefined;
  } catch {
    return undefined;
  }
}

function sorted(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isObject(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
