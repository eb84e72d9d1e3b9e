import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MergeClass } from '../../../../generators/engine/merge/merge-trees.ts';
import { isEqualTree, type Tree } from '../../../../generators/engine/merge/tree.ts';
import { merge, treeOf } from './trees.ts';

const PATHS = ['a', 'b', 'a/b', 'a/c', 'd/a', 'd/e/a', 'ä "', 'D', 'once/1', 'once/2'];
const classOf = (path: string): MergeClass => (path.startsWith('once/') ? 'once' : 'merged');

type Files = Record<string, readonly string[]>;

/** What one side did: each to the file of a number, as far as there is one. */
type Step =
  | readonly [what: 'insert', file: number, at: number]
  | readonly [what: 'replace', file: number, at: number]
  | readonly [what: 'cut', file: number, at: number]
  | readonly [what: 'move', file: number, to: number]
  | readonly [what: 'remove', file: number, _: number]
  | readonly [what: 'add', path: number, lines: number];

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(
    fc.constantFrom('insert', 'replace', 'cut', 'move', 'remove', 'add'),
    fc.nat({ max: PATHS.length - 1 }),
    fc.nat({ max: 12 }),
  ) as fc.Arbitrary<Step>,
  { maxLength: 8 },
);

const bases: fc.Arbitrary<Files> = fc.uniqueArray(fc.nat({ max: PATHS.length - 1 }), { maxLength: 6 }).map((numbers) =>
  Object.fromEntries(
    numbers
      .map((number) => PATHS[number] ?? '')
      .filter((path, _, all) => isFree(path, all))
      .map((path) => [path, Array.from({ length: path.length % 3 === 0 ? 0 : 8 }, (_, line) => `${path} ${line % 6}`)]),
  ),
);

/** Whether no other path is a folder of this one, or below it. */
function isFree(path: string, others: readonly string[]): boolean {
  return others.every((each) => each === path || !(each.startsWith(`${path}/`) || path.startsWith(`${each}/`)));
}

/** Each line that is written names the side and the step, so that it can be looked for. */
function apply(base: Files, side: string, all: readonly Step[]): Files {
  const files = { ...base };
  for (const [index, [what, number, more]] of all.entries()) {
    const path = Object.keys(files)[number % Math.max(1, Object.keys(files).length)];
    const lines = path === undefined ? undefined : files[path];
    const target = PATHS[what === 'add' ? number : more % PATHS.length] ?? '';
    if (what === 'add') {
      if (!(target in files) && isFree(target, Object.keys(files))) {
        files[target] = Array.from({ length: more }, (_, line) => `${side} ${index} ${line}`);
      }
    } else if (path !== undefined && lines !== undefined) {
      if (what === 'move' || what === 'remove') {
        delete files[path];
        const isMoved = what === 'move' && !(target in files) && isFree(target, Object.keys(files));
        if (isMoved || what === 'move') {
          files[isMoved ? target : path] = lines;
        }
      } else {
        const at = more % (lines.length + 1);
        files[path] = lines.toSpliced(at, what === 'insert' ? 0 : 1, ...(what === 'cut' ? [] : [`${side} ${index}`]));
      }
    }
  }
  return files;
}

function written(files: Files, eol = '\n'): Tree {
  return treeOf(
    Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, lines.map((each) => each + eol).join('')])),
  );
}

function linesIn(tree: Tree): readonly string[] {
  return [...tree.values()].flatMap(({ content }) => content.toString('utf8').split(/\r?\n/));
}

const RUNS = { numRuns: 60, endOnFailure: true };

test('no line that the owner added is lost, and no file of the template is, in random trees', () => {
  fc.assert(
    fc.property(bases, steps, steps, fc.constantFrom('\n', '\r\n'), (base, mine, new_, eol) => {
      const ours = written(apply(base, 'mine', mine), eol);
      const theirs = written(apply(base, 'new', new_));
      const merged = merge(written(base), ours, theirs, classOf);

      const lines = linesIn(merged.tree);
      const count = (line: string) => lines.filter((each) => each === line).length;
      expect(linesIn(ours).filter((line) => line.startsWith('mine ') && count(line) === 0)).toEqual([]);
      // What conflicts is in the result, and the result could be written to a disk.
      const paths = [...merged.tree.keys()];
      expect(merged.conflicts.filter(({ path }) => !merged.tree.has(path))).toEqual([]);
      expect(new Set(merged.conflicts.map(({ path }) => path)).size).toBe(merged.conflicts.length);
      expect(paths.filter((path) => !isFree(path, paths))).toEqual([]);
      // A file with markers is told.
      const marked = [...merged.tree].filter(([, { content }]) => content.includes('<<<<<<< yours'));
      const told = new Set(merged.conflicts.map(({ path }) => path));
      expect(marked.filter(([path]) => !told.has(path)).map(([path]) => path)).toEqual([]);
    }),
    RUNS,
  );
});

test('a side that did nothing leaves the other as it is', () => {
  fc.assert(
    fc.property(bases, steps, fc.constantFrom('\n', '\r\n'), (files, all, eol) => {
      const base = written(files);
      const side = written(apply(files, 'side', all), eol);
      for (const merged of [merge(base, side, base, classOf), merge(base, side, side, classOf)]) {
        expect([isEqualTree(merged.tree, side), merged.conflicts]).toEqual([true, []]);
      }
      const followed = merge(base, base, written(apply(files, 'side', all)), () => 'merged');
      expect([isEqualTree(followed.tree, written(apply(files, 'side', all))), followed.conflicts]).toEqual([true, []]);
    }),
    RUNS,
  );
});
