import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Merged, type MergeInput, mergeTrees } from '../../../../generators/engine/merge/merge-trees.ts';
import type { Tree, TreeFile } from '../../../../generators/engine/merge/tree.ts';

/** A file of a test: its text, or more. */
export type Written = string | Buffer | TreeFile;

export function treeOf(files: Readonly<Record<string, Written>>): Tree {
  return new Map(Object.entries(files).map(([path, file]) => [path, fileOf(file)]));
}

function fileOf(file: Written): TreeFile {
  if (typeof file === 'string' || Buffer.isBuffer(file)) {
    return { content: Buffer.from(file), mode: '100644' };
  }
  return file;
}

export const executable = (text: string): TreeFile => ({ content: Buffer.from(text), mode: '100755' });
export const link = (target: string): TreeFile => ({ content: Buffer.from(target), mode: '120000' });

/** The texts of a tree by path; what is no plain file has its mode in front. */
export function textsOf(tree: Tree): Record<string, string> {
  return Object.fromEntries(
    [...tree]
      .map(([path, { mode, content }]) => [path, (mode === '100644' ? '' : `${mode} `) + content.toString('utf8')])
      .toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1)),
  );
}

/** Merges, and fails if anything stays in the scratch folder. */
export function merge(
  base: Tree,
  ours: Tree,
  theirs: Tree,
  classOf: MergeInput['classOf'] = () => 'merged',
  labels?: Parameters<typeof mergeTrees>[2],
): Merged {
  const scratch = mkdtempSync(join(tmpdir(), 'splitlevel-merge-'));
  try {
    const merged = mergeTrees({ base, ours, theirs, classOf }, scratch, labels);
    const left = readdirSync(scratch);
    if (left.length > 0) {
      throw new Error(`left in the scratch folder: ${left.join(', ')}`);
    }
    return merged;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Ten lines, some of them replaced. */
export function tenLines(replaced: Readonly<Record<string, string>> = {}): string {
  return `${LINES.map((line) => replaced[line] ?? line).join('\n')}\n`;
}

/** The lines between markers where one line was changed by both. */
export function clash(ours: string, base: string, theirs: string): string {
  return `<<<<<<< yours\n${ours}\n||||||| as it was generated\n${base}\n=======\n${theirs}\n>>>>>>> template`;
}
