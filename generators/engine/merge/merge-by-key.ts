import { mergeJson } from './by-key/merge-json.ts';
import type { Fate } from './merge-file.ts';
import { linesOf, writtenAs } from './plain-text.ts';
import { isEqualFile, type TreeFile } from './tree.ts';
import type { Versions } from './versions.ts';

/**
 * Merges a file of JSON by its keys.
 * @param fate what becomes of it as any other file: its mode is kept, and all of it where keys do not matter.
 */
export function mergeByKey({ path, base, ours, theirs }: Versions, fate: Fate): Fate {
  const isOneSided = isEqualFile(base?.file, theirs?.file) || isEqualFile(ours?.file, theirs?.file);
  if (ours === undefined || theirs === undefined || fate.file === undefined || isOneSided) {
    return fate;
  }
  const [was, is, becomes] = [base && textOf(base.file), textOf(ours.file), textOf(theirs.file)];
  if (is === undefined || becomes === undefined || (base !== undefined && was === undefined)) {
    return fate;
  }
  const merged = mergeJson(path, was, is, becomes);
  if (merged === undefined) {
    return fate;
  }
  const lines = Buffer.from(merged.text, 'utf8').toString('latin1');
  const content = merged.text === is ? ours.file.content : writtenAs(lines, base?.file, ours.file, theirs.file);
  return { file: { content, mode: fate.file.mode }, trouble: troubleOf(merged.explanation, fate) };
}

function troubleOf(explanation: string | undefined, { trouble }: Fate): Fate['trouble'] {
  return explanation === undefined ? trouble : { kind: 'content', explanation };
}

/** Undefined where a file is no text of UTF-8. */
function textOf(file: TreeFile): string | undefined {
  const lines = linesOf(file);
  const bytes = Buffer.from(lines ?? '', 'latin1');
  const text = bytes.toString('utf8');
  return lines !== undefined && Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}
