import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { clash, executable, link, merge, tenLines, textsOf, treeOf } from './trees.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const conflictsOf = ({ conflicts }: ReturnType<typeof merge>) =>
  conflicts.map(({ path, kind, explanation }) => [path, kind, explanation]);

test('lines of both sides are merged, and clashes stand between markers with the base', () => {
  const merged = merge(
    treeOf({ a: tenLines(), b: tenLines() }),
    treeOf({ a: tenLines({ two: '2' }), b: tenLines({ two: 'mine' }) }),
    treeOf({ a: tenLines({ nine: '9' }), b: tenLines({ two: 'new' }) }),
  );
  expect(textsOf(merged.tree)).toEqual({
    a: tenLines({ two: '2', nine: '9' }),
    b: tenLines({ two: clash('mine', 'two', 'new') }),
  });
  expect(conflictsOf(merged)).toEqual([['b', 'content', 'You and the template changed the same lines.']]);
});

test('the labels of markers can be chosen, and markers of the base stay', () => {
  const base = `${clash('a', 'b', 'c')}\n${tenLines()}`;
  const merged = merge(
    treeOf({ a: base }),
    treeOf({ a: base.replace('two', 'mine') }),
    treeOf({ a: base.replace('two', 'new') }),
    () => 'merged',
    { ours: 'größer', base: '$&', theirs: 'cache=redis' },
  );
  const [file] = merged.tree.values();
  expect(file?.content.toString()).toBe(
    base.replace('two', () => '<<<<<<< größer\nmine\n||||||| $&\ntwo\n=======\nnew\n>>>>>>> cache=redis'),
  );
});

describe('renames', () => {
  test('a renamed file takes the edits of the other side along', () => {
    const merged = merge(
      treeOf({ 'src/a.ts': tenLines(), 'src/b.ts': tenLines({ one: 'b' }) }),
      treeOf({ 'src/a.ts': tenLines({ two: 'mine' }), 'lib/b.ts': tenLines({ one: 'b' }) }),
      treeOf({ 'src/c.ts': tenLines({ nine: 'new' }), 'src/b.ts': tenLines({ one: 'b', nine: 'new' }) }),
    );
    expect(textsOf(merged.tree)).toEqual({
      'lib/b.ts': tenLines({ one: 'b', nine: 'new' }),
      'src/c.ts': tenLines({ two: 'mine', nine: 'new' }),
    });
    expect(Object.fromEntries(merged.renames)).toEqual({ 'src/a.ts': 'src/c.ts', 'src/b.ts': 'lib/b.ts' });
    expect(merged.conflicts).toEqual([]);
  });

  test('to two places: it stays where the owner has it, once, with the changes of both', () => {
    const merged = merge(
      treeOf({ a: tenLines() }),
      treeOf({ mine: tenLines({ two: 'mine' }) }),
      treeOf({ new: tenLines({ nine: 'new' }) }),
    );
    expect(textsOf(merged.tree)).toEqual({ mine: tenLines({ two: 'mine', nine: 'new' }) });
    expect(conflictsOf(merged)).toEqual([
      ['mine', 'rename', 'The template moved a to new, and you to mine, where it is kept.'],
    ]);
  });

  test('to two places, and with a clash', () => {
    const merged = merge(
      treeOf({ a: tenLines() }),
      treeOf({ mine: tenLines({ two: 'mine' }) }),
      treeOf({ new: tenLines({ two: 'new' }) }),
    );
    expect(textsOf(merged.tree)).toEqual({ mine: tenLines({ two: clash('mine', 'two', 'new') }) });
    expect(conflictsOf(merged)).toEqual([
      [
        'mine',
        'rename',
        'The template moved a to new, and you to mine, where it is kept; you and the template changed the same lines.',
      ],
    ]);
  });

  test('to the same place by both', () => {
    const merged = merge(
      treeOf({ a: tenLines() }),
      treeOf({ b: tenLines({ two: 'mine' }) }),
      treeOf({ b: tenLines({ nine: 'new' }) }),
    );
    expect([textsOf(merged.tree), merged.conflicts]).toEqual([{ b: tenLines({ two: 'mine', nine: 'new' }) }, []]);
  });

  test('to a path that the other side has taken: nothing is lost', () => {
    const byTemplate = merge(
      treeOf({ a: tenLines() }),
      treeOf({ a: tenLines({ two: 'mine' }), b: 'own\n' }),
      treeOf({ b: tenLines({ nine: 'new' }) }),
    );
    expect(byTemplate.tree.get('a')?.content.toString()).toBe(tenLines({ two: 'mine' }));
    expect(byTemplate.tree.get('b')?.content.toString()).toContain('own\n');
    expect(byTemplate.conflicts.map(({ path, kind }) => [path, kind])).toEqual([
      ['a', 'removed-by-template'],
      ['b', 'both-added'],
    ]);
    const byOwner = merge(
      treeOf({ a: tenLines() }),
      treeOf({ b: tenLines({ two: 'mine' }) }),
      treeOf({ a: tenLines({ nine: 'new' }), b: 'new\n' }),
    );
    expect(byOwner.tree.get('b')?.content.toString()).toContain('mine\n');
    expect([byOwner.conflicts.map(({ path, kind }) => [path, kind]), byOwner.kept]).toEqual([
      [['b', 'both-added']],
      ['a'],
    ]);
  });

  test('a file that the owner moved and the template removed stays', () => {
    const merged = merge(treeOf({ a: tenLines() }), treeOf({ b: tenLines() }), treeOf({}));
    expect(textsOf(merged.tree)).toEqual({ b: tenLines() });
    expect(conflictsOf(merged)).toEqual([
      ['b', 'removed-by-template', 'The template removed a, which you moved here; yours was kept.'],
    ]);
  });

  test('a small file that kept its name is found from 40 percent on, and others from 50', () => {
    const small = (last: string) => `one one one\ntwo two\n${last}\n`;
    const base = small('three three three');
    const other = small('3 three 4 four, otherwise');
    const names = (to: string) => [
      ...merge(treeOf({ 'a/x.ts': base }), treeOf({ 'a/x.ts': `mine\n${base}` }), treeOf({ [to]: other })).renames,
    ];
    expect([names('b/x.ts'), names('b/y.ts')]).toEqual([[['a/x.ts', 'b/x.ts']], []]);
  });

  test('a change of case alone', () => {
    const merged = merge(
      treeOf({ 'README.md': tenLines() }),
      treeOf({ 'readme.md': tenLines() }),
      treeOf({ 'README.md': tenLines({ nine: '9' }) }),
    );
    expect(textsOf(merged.tree)).toEqual({ 'readme.md': tenLines({ nine: '9' }) });
  });

  test('empty files are not taken for renamed', () => {
    const merged = merge(treeOf({ a: '' }), treeOf({ a: 'mine\n' }), treeOf({ b: '' }));
    expect(textsOf(merged.tree)).toEqual({ a: 'mine\n', b: '' });
  });

  test('of a file that is generated once are not followed', () => {
    const merged = merge(
      treeOf({ '1.sql': tenLines() }),
      treeOf({ '1.sql': tenLines({ two: 'mine' }) }),
      treeOf({ '2.sql': tenLines() }),
      () => 'once',
    );
    expect(textsOf(merged.tree)).toEqual({ '1.sql': tenLines({ two: 'mine' }), '2.sql': tenLines() });
  });
});

describe('how a file is written down is the owner’s', () => {
  const MARK = '\uFEFF';
  test.each([
    ['a byte order mark', MARK + tenLines({ five: 'mine' }), MARK + tenLines({ five: 'mine', one: '1' })],
    ['one in a file that was not edited', MARK + tenLines(), MARK + tenLines({ one: '1' })],
    [
      'CRLF',
      tenLines({ five: 'mine' }).replaceAll('\n', '\r\n'),
      tenLines({ five: 'mine', one: '1' }).replaceAll('\n', '\r\n'),
    ],
    ['no line end at the end', tenLines().trimEnd(), tenLines({ one: '1' }).trimEnd()],
  ])('%s', (_, ours, expected) => {
    const merged = merge(treeOf({ a: tenLines() }), treeOf({ a: ours }), treeOf({ a: tenLines({ one: '1' }) }));
    expect([textsOf(merged.tree), conflictsOf(merged)]).toEqual([{ a: expected }, []]);
  });

  test('markers and stages too', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const merged = merge(
      treeOf({ a: tenLines() }),
      treeOf({ a: windows(tenLines({ two: 'mine' })) }),
      treeOf({ a: tenLines({ two: 'new' }) }),
    );
    expect(textsOf(merged.tree)).toEqual({ a: windows(tenLines({ two: clash('mine', 'two', 'new') })) });
    expect(merged.conflicts.map(({ base, theirs }) => [String(base?.content), String(theirs?.content)])).toEqual([
      [windows(tenLines()), windows(tenLines({ two: 'new' }))],
    ]);
  });

  test('but the template’s where the owner left them', () => {
    const theirs = treeOf({ a: tenLines().replaceAll('\n', '\r\n') });
    expect(merge(treeOf({ a: tenLines() }), treeOf({ a: tenLines() }), theirs).tree).toEqual(theirs);
  });

  test('and bytes that are no UTF-8 survive', () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1');
    const merged = merge(
      treeOf({ a: bytes(tenLines({ five: 'fünf' })) }),
      treeOf({ a: bytes(tenLines({ five: 'fünf', two: 'zwölf' })) }),
      treeOf({ a: bytes(tenLines({ five: 'fünf', nine: '9' })) }),
    );
    expect(merged.tree.get('a')?.content).toEqual(bytes(tenLines({ five: 'fünf', two: 'zwölf', nine: '9' })));
  });
});

describe('what has no lines to merge stays as the owner has it', () => {
  test.each([
    ['links to two places', link('a'), link('mine'), link('new'), 'content'],
    ['a link of the template', 'a\n', 'mine\n', link('new'), 'mode'],
    ['two files that only differ in mode', undefined, 'a\n', executable('a\n'), 'mode'],
    ['a text that became binary', 'a\n', 'mine\n', 'a\0', 'binary'],
  ])('%s', (_, base, ours, theirs, kind) => {
    const owners = treeOf({ x: ours });
    const merged = merge(treeOf(base === undefined ? {} : { x: base }), owners, treeOf({ x: theirs }));
    expect(merged.tree).toEqual(owners);
    expect(merged.conflicts.map((conflict) => conflict.kind)).toEqual([kind]);
  });

  test('a file of the template whose path is a folder of the owner’s is put beside it', () => {
    const merged = merge(treeOf({}), treeOf({ 'a/b': 'own\n', 'a~template': 'own\n' }), treeOf({ a: 'new\n' }));
    expect(textsOf(merged.tree)).toEqual({ 'a/b': 'own\n', 'a~template': 'own\n', 'a~template~': 'new\n' });
    expect(conflictsOf(merged)).toEqual([
      ['a~template~', 'file-and-folder', 'The template has this as a, where you have a file or a folder of that name.'],
    ]);
  });
});

test('a file that is generated once is put beside the owner’s too, where it cannot be', () => {
  const merged = merge(treeOf({}), treeOf({ a: 'own\n' }), treeOf({ 'a/1.sql': 'new\n' }), () => 'once');
  expect(textsOf(merged.tree)).toEqual({ a: 'own\n', 'a~template/1.sql': 'new\n' });
  expect(merged.conflicts.map(({ kind }) => kind)).toEqual(['file-and-folder']);
});

describe('by keys', () => {
  test('a conflict leaves valid JSON, and names the key', () => {
    const json = (test: string, more: object = {}) =>
      `${JSON.stringify({ scripts: { test }, ...more }, undefined, 2)}\n`;
    const merged = merge(
      treeOf({ 'package.json': json('a') }),
      treeOf({ 'package.json': json('mine') }),
      treeOf({ 'package.json': json('new', { type: 'module' }) }),
      () => 'by-key',
    );
    expect(textsOf(merged.tree)).toEqual({ 'package.json': json('mine', { type: 'module' }) });
    expect(conflictsOf(merged)).toEqual([
      [
        'package.json',
        'content',
        'You and the template both changed scripts.test (the template has "new"); what you have was kept.',
      ],
    ]);
  });

  test('what is no JSON is merged by its lines', () => {
    const merged = merge(
      treeOf({ 'package.json': '{\n  "a": 1\n}\n' }),
      treeOf({ 'package.json': '{\n  "a": mine\n}\n' }),
      treeOf({ 'package.json': '{\n  "a": 2\n}\n' }),
      () => 'by-key',
    );
    expect(textsOf(merged.tree)).toEqual({ 'package.json': `{\n${clash('  "a": mine', '  "a": 1', '  "a": 2')}\n}\n` });
  });

  test('a deleted manifest stays deleted', () => {
    const merged = merge(treeOf({ a: '{}' }), treeOf({}), treeOf({ a: '{"b": 1}' }), () => 'by-key');
    expect([textsOf(merged.tree), merged.kept]).toEqual([{}, ['a']]);
  });
});

describe('sizes', () => {
  test('a file of 5 MB', () => {
    const big = (first: string, last: string) => `${first}\n${'0123456789abcdef\n'.repeat(300_000)}${last}\n`;
    const merged = merge(treeOf({ a: big('1', '1') }), treeOf({ a: big('mine', '1') }), treeOf({ a: big('1', 'new') }));
    expect(merged.tree.get('a')?.content.toString() === big('mine', 'new')).toBe(true);
  });

  test('2000 files, of which both changed 200, and the template moved 100', () => {
    const files = (edits: Record<string, string>, folder = 'a') =>
      treeOf(
        Object.fromEntries(
          Array.from({ length: 2000 }, (_, index) => [
            `${index % 20 === 0 ? folder : 'a'}/${index}.ts`,
            tenLines({ five: `number ${index}`, ...(index % 10 === 0 ? edits : {}) }),
          ]),
        ),
      );
    const merged = merge(files({}), files({ two: 'mine' }), files({ nine: 'new' }, 'b'));
    expect(textsOf(merged.tree)).toEqual(textsOf(files({ two: 'mine', nine: 'new' }, 'b')));
    expect([merged.conflicts, merged.renames.size]).toEqual([[], 100]);
  });
});

describe('git', () => {
  const [base, ours, theirs] = [
    treeOf({ a: tenLines() }),
    treeOf({ a: tenLines({ two: 'mine' }) }),
    treeOf({ a: tenLines({ nine: 'new' }), b: 'new\n' }),
  ];

  /** A folder with commands that stand in for others. */
  async function folderWith(commands: Readonly<Record<string, string>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'splitlevel-merge-commands-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(commands)) {
      await writeFile(join(folder, name), text);
      await chmod(join(folder, name), 0o755);
    }
    return folder;
  }

  test('is not started where one side did nothing, or each another file', () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(merge(base, ours, base).tree).toEqual(ours);
    expect(merge(base, base, theirs).tree).toEqual(theirs);
    expect(merge(base, theirs, theirs).tree).toEqual(theirs);
    expect(textsOf(merge(base, treeOf({ ...textsOf(base), own: '1\n' }), theirs).tree)).toEqual({
      ...textsOf(theirs),
      own: '1\n',
    });
  });

  test('no configuration of the person and no environment changes the outcome', async () => {
    const home = await folderWith({
      '.gitconfig':
        '[merge]\n\tconflictStyle = merge\n\trenames = false\n\tdefault = refuse\n[merge "refuse"]\n\tdriver = false\n' +
        '[core]\n\tautocrlf = true\n\tattributesFile = ~/attributes\n[commit]\n\tgpgSign = true\n[diff]\n\trenames = false\n' +
        '[safe]\n\tbareRepository = explicit\n[i18n]\n\tlogOutputEncoding = latin1\n',
      attributes: '* merge=refuse text eol=crlf\n',
    });
    await mkdir(join(home, 'broken'));
    vi.stubEnv('HOME', home);
    vi.stubEnv('GIT_DIR', join(home, 'broken'));
    vi.stubEnv('GIT_INDEX_FILE', join(home, 'index'));
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'merge.default');
    vi.stubEnv('GIT_CONFIG_VALUE_0', 'refuse');
    vi.stubEnv('GIT_TRACE', '1');
    const merged = merge(
      base,
      treeOf({ a: tenLines({ two: 'mine' }), '.gitattributes': '* merge=ours -diff\n' }),
      treeOf({ moved: tenLines({ two: 'new', nine: 'new' }), '.gitattributes': '* merge=union binary\n' }),
    );
    expect(merged.tree.get('moved')?.content.toString()).toBe(
      tenLines({ two: clash('mine', 'two', 'new'), nine: 'new' }),
    );
    expect(merged.tree.get('.gitattributes')?.content.toString()).toContain('<<<<<<< yours\n* merge=ours -diff\n');
  });

  test('that is missing is asked for', () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(() => merge(base, ours, theirs)).toThrow('Changes are merged by git 2.38 or newer, and there is no git.');
  });

  test('that is too old is named', async () => {
    const commands = await folderWith({
      git: '#!/bin/sh\nif [ "$1" = version ]; then echo "git version 2.37.9 (Apple Git-1)"; else exit 129; fi\n',
    });
    vi.stubEnv('PATH', `${commands}${delimiter}${process.env.PATH}`);
    expect(() => merge(base, ours, theirs)).toThrow('Changes are merged by git 2.38 or newer, and git is 2.37.9.');
  });

  test('whose command fails is quoted', async () => {
    const commands = await folderWith({
      git: '#!/bin/sh\nif [ "$1" = version ]; then echo "git version 2.50.1"; else echo "fatal: no space" >&2; exit 128; fi\n',
    });
    vi.stubEnv('PATH', `${commands}${delimiter}${process.env.PATH}`);
    expect(() => merge(base, ours, theirs)).toThrow('git merge-tree ended with exit code 128:\nfatal: no space');
  });
});
