import { type Labels, mergeContents } from './git/merge-contents.ts';
import type { ObjectStore } from './git/object-store.ts';
import { type Fate, join } from './merge-file.ts';
import { linesOf, writtenAs } from './plain-text.ts';
import type { Versions } from './versions.ts';

/** A file, and what becomes of it. */
export interface Decided {
  readonly versions: Versions;
  readonly fate: Fate;
}

/** Merges the lines of all files whose fate is still open, and writes them down as the owner does. */
export function mergeLines(decided: readonly Decided[], store: () => ObjectStore, labels: Labels): readonly Decided[] {
  const open = decided.flatMap(({ fate }) => (fate.contents === undefined ? [] : [fate.contents]));
  const merged = open.length === 0 ? [] : mergeContents(store(), open, labels);
  const results = merged.values();
  return decided.map(({ versions, fate }) => {
    const { base, ours, theirs } = versions;
    const result = fate.contents && results.next().value;
    if (result === undefined || fate.file === undefined || ours === undefined) {
      return { versions, fate };
    }
    const content =
      result.lines === linesOf(ours.file)
        ? ours.file.content
        : writtenAs(result.lines, base?.file, ours.file, theirs?.file);
    return {
      versions,
      fate: {
        file: { content, mode: fate.file.mode },
        trouble: result.isConflict ? clash(versions, fate) : fate.trouble,
      },
    };
  });
}

function clash({ base }: Versions, { trouble }: Fate): Fate['trouble'] {
  const explanation =
    base === undefined ? 'You and the template each added this file.' : 'You and the template changed the same lines.';
  return trouble === undefined
    ? { kind: base === undefined ? 'both-added' : 'content', explanation }
    : { ...trouble, explanation: join(trouble.explanation, explanation) };
}
