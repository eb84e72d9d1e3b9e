import { describe, expect, test } from 'vitest';
import type { MergeClass } from '../../../../generators/engine/merge/merge-trees.ts';
import { clash, executable, link, merge, tenLines, textsOf, treeOf, type Written } from './trees.ts';

type Files = Readonly<Record<string, Written>>;

interface Report {
  /** Where it was reported, and what went wrong there. */
  readonly report: string;
  readonly base: Files;
  readonly ours: Files;
  readonly theirs: Files;
  /** The texts of the result. */
  readonly result: Readonly<Record<string, string>>;
  /** The kinds of conflict by path. Default: none. */
  readonly conflicts?: Readonly<Record<string, string>>;
  /** Files that stay deleted though the template changed them. Default: none. */
  readonly kept?: readonly string[];
  readonly classes?: Readonly<Record<string, MergeClass>>;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]);

const REPORTS: readonly Report[] = [
  {
    report: 'copier-org/copier#1721: a deleted file is made again when the template changes it',
    base: { a: '1\n', b: '1\n' },
    ours: { b: '1\n' },
    theirs: { a: '2\n', b: '1\n' },
    result: { b: '1\n' },
    kept: ['a'],
  },
  {
    report: 'copier-org/copier#1718: a deleted file that is generated once is made again',
    base: { 'migrations/1.sql': 'create\n' },
    ours: {},
    theirs: { 'migrations/1.sql': 'create\n', 'migrations/2.sql': 'alter\n' },
    result: { 'migrations/2.sql': 'alter\n' },
    classes: { 'migrations/1.sql': 'once', 'migrations/2.sql': 'once' },
  },
  {
    report: 'copier-org/copier#461: a file that the template has no more is not deleted',
    base: { a: '1\n', b: '1\n' },
    ours: { a: '1\n', b: '1\n' },
    theirs: { b: '1\n' },
    result: { b: '1\n' },
  },
  {
    report: 'Roche/foxops#626: that the template removed an edited file is not told',
    base: { a: '1\n' },
    ours: { a: '1\nmine\n' },
    theirs: {},
    result: { a: '1\nmine\n' },
    conflicts: { a: 'removed-by-template' },
  },
  {
    report: 'copier-org/copier#2339: files that the update does not concern are deleted',
    base: { a: '1\n', b: '1\n' },
    ours: { a: '1\n', b: '1\n', own: '1\n' },
    theirs: { a: '2\n', b: '1\n' },
    result: { a: '2\n', b: '1\n', own: '1\n' },
  },
  {
    report: 'copier-org/copier#2386, #369: rejected parts are left in .rej files',
    base: { a: tenLines() },
    ours: { a: tenLines({ two: 'mine' }) },
    theirs: { a: tenLines({ two: 'new', nine: '9' }) },
    result: { a: tenLines({ two: clash('mine', 'two', 'new'), nine: '9' }) },
    conflicts: { a: 'content' },
  },
  {
    report: 'cruft/cruft#47: what could not be applied is not shown at all',
    base: { a: 'one\n' },
    ours: { a: 'mine\n' },
    theirs: { a: 'new\n' },
    result: { a: `${clash('mine', 'one', 'new')}\n` },
    conflicts: { a: 'content' },
  },
  {
    report: 'cruft/cruft#44: one file that does not apply drops the changes of all',
    base: { a: 'one\n', b: 'one\n', c: 'one\n' },
    ours: { a: 'mine\n', b: 'one\n', c: 'one\n' },
    theirs: { a: 'new\n', b: 'new\n', c: 'new\n' },
    result: { a: `${clash('mine', 'one', 'new')}\n`, b: 'new\n', c: 'new\n' },
    conflicts: { a: 'content' },
  },
  {
    report: 'cruft/cruft#74: a file that the template renamed is removed',
    base: { 'TESTFILE.md': tenLines() },
    ours: { 'TESTFILE.md': tenLines() },
    theirs: { 'RENAMED.md': tenLines() },
    result: { 'RENAMED.md': tenLines() },
  },
  {
    report: 'copier-org/copier#367: a file that a changed answer renames is left behind, and its edits with it',
    base: { 'orders/orders.ts': tenLines() },
    ours: { 'orders/orders.ts': tenLines({ two: 'mine' }) },
    theirs: { 'sales/sales.ts': tenLines({ nine: '9' }) },
    result: { 'sales/sales.ts': tenLines({ two: 'mine', nine: '9' }) },
  },
  {
    report: 'copier-org/copier#288: a folder that the owner renamed is made again beside it',
    base: { 'a/x.ts': tenLines(), 'a/y.ts': tenLines({ one: 'y' }) },
    ours: { 'b/x.ts': tenLines(), 'b/y.ts': tenLines({ one: 'y' }) },
    theirs: { 'a/x.ts': tenLines({ nine: '9' }), 'a/y.ts': tenLines({ one: 'y', nine: '9' }) },
    result: { 'b/x.ts': tenLines({ nine: '9' }), 'b/y.ts': tenLines({ one: 'y', nine: '9' }) },
  },
  {
    report: 'copier-org/copier#1587: where both added a file, the owner’s content is deleted',
    base: {},
    ours: { 'ci.yml': 'first\nmine\nlast\n' },
    theirs: { 'ci.yml': 'first\nnew\nlast\n' },
    result: {
      'ci.yml': 'first\n<<<<<<< yours\nmine\n||||||| as it was generated\n=======\nnew\n>>>>>>> template\nlast\n',
    },
    conflicts: { 'ci.yml': 'both-added' },
  },
  {
    report: 'cruft/cruft#67: a new file of the template does not arrive, if it is a .gitattributes',
    base: { a: tenLines() },
    ours: { a: tenLines({ two: 'mine' }) },
    theirs: { a: tenLines({ nine: '9' }), '.gitattributes': '* text eol=crlf merge=ours\n' },
    result: { a: tenLines({ two: 'mine', nine: '9' }), '.gitattributes': '* text eol=crlf merge=ours\n' },
  },
  {
    report: 'copier-org/copier#2604: a changed executable bit alone does not arrive',
    base: { run: '#!/bin/sh\n', stop: executable('#!/bin/sh\n') },
    ours: { run: '#!/bin/sh\n', stop: executable('#!/bin/sh\n') },
    theirs: { run: executable('#!/bin/sh\n'), stop: '#!/bin/sh\n' },
    result: { run: '100755 #!/bin/sh\n', stop: '#!/bin/sh\n' },
  },
  {
    report: 'copier-org/copier#2605: the bit is lost where the content changes too',
    base: { run: tenLines() },
    ours: { run: tenLines({ two: 'mine' }) },
    theirs: { run: executable(tenLines({ nine: '9' })) },
    result: { run: `100755 ${tenLines({ two: 'mine', nine: '9' })}` },
  },
  {
    report: 'copier-org/copier#2630: the bit of a new file is lost',
    base: {},
    ours: {},
    theirs: { run: executable('#!/bin/sh\n') },
    result: { run: '100755 #!/bin/sh\n' },
  },
  {
    report: 'copier-org/copier#1945: a symbolic link becomes a copy',
    base: { 'b/link': link('../a') },
    ours: { 'b/link': link('../a') },
    theirs: { 'b/link': link('../c') },
    result: { 'b/link': '120000 ../c' },
  },
  {
    report: 'copier-org/copier#1409: a crash where a file is replaced by a symbolic link, or the other way round',
    base: { a: 'text\n', b: link('a') },
    ours: { a: 'text\n', b: link('a') },
    theirs: { a: link('b'), b: 'text\n' },
    result: { a: '120000 b', b: 'text\n' },
  },
  {
    report: 'copier-org/copier#2838: a symbolic link of the owner’s to a place outside stops the update',
    base: { a: 'text\n' },
    ours: { a: link('/etc/elsewhere') },
    theirs: { a: 'new\n' },
    result: { a: '120000 /etc/elsewhere' },
    conflicts: { a: 'mode' },
  },
  {
    report: 'cruft/cruft#131: a binary file stops the update',
    base: { png: PNG, both: PNG },
    ours: { png: PNG, both: Buffer.concat([PNG, Buffer.from('mine')]) },
    theirs: { png: Buffer.concat([PNG, Buffer.from('new')]), both: Buffer.concat([PNG, Buffer.from('new')]) },
    result: { png: `${PNG.toString('utf8')}new`, both: `${PNG.toString('utf8')}mine` },
    conflicts: { both: 'binary' },
  },
  {
    report: 'copier-org/copier#1162, #2729: files that git ignores are deleted',
    base: { '.gitignore': '.env\n', '.env': 'A=1\n' },
    ours: { '.gitignore': '.env\n', '.env': 'A=secret\n', 'b.env': 'own\n' },
    theirs: { '.gitignore': '*.env\n', '.env': 'A=1\n' },
    result: { '.gitignore': '*.env\n', '.env': 'A=secret\n', 'b.env': 'own\n' },
  },
  {
    report: 'copier-org/copier#2668: a conflict is not shown where git ignores *.rej',
    base: { '.gitignore': '*.rej\n', a: 'one\n' },
    ours: { '.gitignore': '*.rej\n', a: 'mine\n' },
    theirs: { '.gitignore': '*.rej\n', a: 'new\n' },
    result: { '.gitignore': '*.rej\n', a: `${clash('mine', 'one', 'new')}\n` },
    conflicts: { a: 'content' },
  },
  {
    report: 'copier-org/copier#1849: a change that is there already conflicts',
    base: { a: tenLines() },
    ours: { a: tenLines({ two: 'same', four: 'mine' }) },
    theirs: { a: tenLines({ two: 'same', nine: '9' }) },
    result: { a: tenLines({ two: 'same', four: 'mine', nine: '9' }) },
  },
  {
    report: 'copier-org/copier#1894: what is generated once conflicts',
    base: { 'migrations/1.sql': 'create\n' },
    ours: { 'migrations/1.sql': 'create mine\n' },
    theirs: { 'migrations/1.sql': 'create new\n' },
    result: { 'migrations/1.sql': 'create mine\n' },
    classes: { 'migrations/1.sql': 'once' },
  },
  {
    report: 'Talend/ui#2372: libraries that the owner raised are lowered',
    base: { 'package.json': '{\n  "dependencies": { "a": "1.0.0", "b": "1.0.0" }\n}\n' },
    ours: { 'package.json': '{\n  "dependencies": { "a": "3.0.0", "b": "1.0.0" }\n}\n' },
    theirs: { 'package.json': '{\n  "dependencies": { "a": "2.0.0", "b": "2.0.0" }\n}\n' },
    result: { 'package.json': '{\n  "dependencies": { "a": "3.0.0", "b": "2.0.0" }\n}\n' },
    classes: { 'package.json': 'by-key' },
  },
  {
    report: 'abcxyz/abc#598: the owner’s file is moved aside by a conflict',
    base: {},
    ours: { notes: 'mine\n' },
    theirs: { 'notes/a.md': 'new\n' },
    result: { notes: 'mine\n', 'notes~template/a.md': 'new\n' },
    conflicts: { 'notes~template/a.md': 'file-and-folder' },
  },
  {
    report: 'by kind: umlauts, spaces, quotes and line breaks in names are quoted, and the files not found',
    base: { 'Größe "x".md': tenLines(), 'a\nb': tenLines({ one: 'b' }) },
    ours: { 'Größe "x".md': tenLines({ two: 'mine' }), 'a\nb': tenLines({ one: 'b', two: 'mine' }) },
    theirs: { 'Größe "x".md': tenLines({ nine: '9' }), 'c d\t\\': tenLines({ one: 'b', nine: '9' }) },
    result: {
      'Größe "x".md': tenLines({ two: 'mine', nine: '9' }),
      'c d\t\\': tenLines({ one: 'b', two: 'mine', nine: '9' }),
    },
  },
  {
    report: 'by kind: in a checkout with CRLF every line of every file conflicts',
    base: { a: tenLines(), b: tenLines() },
    ours: { a: tenLines({ two: 'mine' }).replaceAll('\n', '\r\n'), b: tenLines().replaceAll('\n', '\r\n') },
    theirs: { a: tenLines({ nine: '9' }), b: tenLines({ nine: '9' }), c: 'new\n' },
    result: {
      a: tenLines({ two: 'mine', nine: '9' }).replaceAll('\n', '\r\n'),
      b: tenLines({ nine: '9' }).replaceAll('\n', '\r\n'),
      c: 'new\n',
    },
  },
  {
    report: 'by kind: what the template renamed is made again though the owner deleted it',
    base: { a: tenLines() },
    ours: {},
    theirs: { b: tenLines({ nine: '9' }) },
    result: {},
    kept: ['a'],
  },
];

describe('what other tools that update generated code were reported for', () => {
  test.each(REPORTS)('$report', ({ base, ours, theirs, result, conflicts = {}, kept = [], classes = {} }) => {
    const merged = merge(treeOf(base), treeOf(ours), treeOf(theirs), (path) => classes[path] ?? 'merged');
    expect(textsOf(merged.tree)).toEqual(result);
    expect(Object.fromEntries(merged.conflicts.map(({ path, kind }) => [path, kind]))).toEqual(conflicts);
    expect(merged.kept).toEqual(kept);
  });
});

test('copier-org/copier#1833: the stages of a conflict are the same file three times', () => {
  const { conflicts } = merge(
    treeOf({ a: tenLines() }),
    treeOf({ b: tenLines({ two: 'mine' }) }),
    treeOf({ c: tenLines({ two: 'new' }) }),
  );
  expect(conflicts.map(({ base, ours, theirs }) => [base, ours, theirs].map((file) => String(file?.content)))).toEqual([
    [tenLines(), tenLines({ two: 'mine' }), tenLines({ two: 'new' })],
  ]);
});

test('copier-org/copier#1907: a stage that there is not is none', () => {
  const stages = (base: Files, ours: Files, theirs: Files) =>
    merge(treeOf(base), treeOf(ours), treeOf(theirs)).conflicts.map((each) =>
      [each.base, each.ours, each.theirs].map((file) => file?.content.toString()),
    );
  expect(stages({}, { a: 'mine\n' }, { a: 'new\n' })).toEqual([[undefined, 'mine\n', 'new\n']]);
  expect(stages({ a: '1\n' }, { a: 'mine\n' }, {})).toEqual([['1\n', 'mine\n', undefined]]);
});
