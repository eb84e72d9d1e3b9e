import type { Change, Generator } from '../generator.ts';
import { compareVersions } from '../merge/by-key/compare-versions.ts';
import type { Tree } from '../merge/tree.ts';
import type { RunRecord } from '../record/run-record.ts';

/**
 * The changes of generators that an update crosses: those of later versions than the one that made a run, in the order of
 * their versions.
 */
export function crossedChanges(runs: readonly RunRecord[], generators: readonly Generator[]): readonly Change[] {
  const crossed = runs.flatMap(({ generator, version }) => {
    const { changes = [] } = generators.find(({ name }) => name === generator) ?? {};
    return changes.filter((change) => (compareVersions(change.version, version) ?? 0) > 0);
  });
  return [...new Set(crossed)].toSorted((left, right) => compareVersions(left.version, right.version) ?? 0);
}

/** Makes the modifications of code that come with changes. Symlinks and binary files are left out. */
export function modified(tree: Tree, changes: readonly Change[]): Tree {
  return changes.reduce((before, { modify }) => (modify === undefined ? before : modifiedBy(before, modify)), tree);
}

function modifiedBy(tree: Tree, modify: NonNullable<Change['modify']>): Tree {
  const others = [...tree].filter(([, file]) => !isText(file));
  const texts = new Map(
    [...tree].flatMap(([path, file]) => (isText(file) ? [[path, String(file.content)] as const] : [])),
  );
  const made = [...modify(texts)].map(([path, text]) => {
    return [path, { mode: tree.get(path)?.mode ?? '100644', content: Buffer.from(text) }] as const;
  });
  return new Map([...others, ...made]);
}

function isText({ mode, content }: { readonly mode: string; readonly content: Buffer }): boolean {
  return mode !== '120000' && !content.includes(0);
}
