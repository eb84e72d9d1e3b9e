import { expect, test } from 'vitest';
import { merge, textsOf, treeOf } from './trees.ts';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const text = (...edits: readonly (readonly [line: string, other: string])[]) =>
  `${LINES.map((line) => edits.find(([each]) => each === line)?.[1] ?? line).join('\n')}\n`;

test('lines of both sides are merged, and clashes stand between markers with the base', () => {
  const merged = merge(
    treeOf({ a: text(), b: text() }),
    treeOf({ a: text(['two', '2']), b: text(['two', 'mine']) }),
    treeOf({ a: text(['nine', '9']), b: text(['two', 'new']) }),
  );
  expect(textsOf(merged.tree)).toEqual({
    a: text(['two', '2'], ['nine', '9']),
    b: text(['two', '<<<<<<< yours\nmine\n||||||| as it was generated\ntwo\n=======\nnew\n>>>>>>> template']),
  });
  expect(merged.conflicts.map(({ path, kind, explanation }) => [path, kind, explanation])).toEqual([
    ['b', 'content', 'You and the template changed the same lines.'],
  ]);
  const [conflict] = merged.conflicts;
  expect([conflict?.base, conflict?.ours, conflict?.theirs].map((file) => file?.content.toString())).toEqual([
    text(),
    text(['two', 'mine']),
    text(['two', 'new']),
  ]);
});

test('a renamed file takes the edits of the other side along', () => {
  const merged = merge(
    treeOf({ 'src/a.ts': text(), 'src/b.ts': text(['one', 'b']) }),
    treeOf({ 'src/a.ts': text(['two', 'mine']), 'lib/b.ts': text(['one', 'b']) }),
    treeOf({ 'src/c.ts': text(['nine', 'new']), 'src/b.ts': text(['one', 'b'], ['nine', 'new']) }),
  );
  expect(textsOf(merged.tree)).toEqual({
    'lib/b.ts': text(['one', 'b'], ['nine', 'new']),
    'src/c.ts': text(['two', 'mine'], ['nine', 'new']),
  });
  expect(Object.fromEntries(merged.renames)).toEqual({ 'src/a.ts': 'src/c.ts', 'src/b.ts': 'lib/b.ts' });
  expect(merged.conflicts).toEqual([]);
});
