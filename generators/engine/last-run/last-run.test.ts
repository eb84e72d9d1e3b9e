import { describe, expect, test } from 'vitest';
import {
  isAt,
  type LastRun,
  type Present,
  parseLastRun,
  stateOf,
  statesOf,
  type WrittenFile,
  wasTakenBack,
  withInstalled,
} from './last-run.ts';

const kept = (text: string, mode = 0o644) => ({ content: Buffer.from(text).toString('base64'), mode });
const state = (text: string, mode = 0o644) => stateOf(Buffer.from(text), mode);

const created: WrittenFile = { path: 'p/new.ts', before: null, after: state('new') };
const edited: WrittenFile = { path: 'list.txt', before: kept('a', 0o755), after: state('b', 0o755) };
const moved: WrittenFile = { path: 'to.ts', from: 'from.ts', before: kept('x'), after: state('y') };
const removed: WrittenFile = { path: 'old.ts', before: kept('old'), after: null };

const run: LastRun = {
  generator: 'sample',
  folder: 'p',
  time: '2026-01-31T12:00:00.000Z',
  files: [created, edited, moved, removed],
  folders: ['p'],
};

describe('a file is as it was left', () => {
  test.each<[string, ReturnType<typeof state> | null, Present, boolean]>([
    ['the same bytes', state('a'), state('a'), true],
    ['other line ends', state('a\n'), state('a\r\n'), false],
    ['made executable', state('a'), state('a', 0o755), false],
    ['open to others, which git does not know', state('a'), state('a', 0o600), true],
    ['deleted', state('a'), null, false],
    ['a folder or a symlink', state('a'), 'not a file', false],
    ['gone, as it should be', null, null, true],
    ['there again', null, state('a'), false],
    ['a folder where nothing should be', null, 'not a file', false],
  ])('%s', (_, left, present, same) => {
    expect(isAt(left, present)).toBe(same);
  });
});

test('what is at each path before and after a run', () => {
  expect(run.files.flatMap((file) => statesOf(file, 'before'))).toEqual([
    ['p/new.ts', null],
    ['list.txt', state('a', 0o755)],
    ['to.ts', null],
    ['from.ts', state('x')],
    ['old.ts', state('old')],
  ]);
  expect(run.files.flatMap((file) => statesOf(file, 'after'))).toEqual([
    ['p/new.ts', state('new')],
    ['list.txt', state('b', 0o755)],
    ['to.ts', state('y')],
    ['from.ts', null],
    ['old.ts', null],
  ]);
});

describe('whether a killed run was taken back', () => {
  const at = (when: 'before' | 'after', { files }: LastRun) => {
    const states = new Map(files.flatMap((file) => statesOf(file, when)));
    return (path: string) => states.get(path) ?? null;
  };

  test('it was where all is as before, and not where all is as after', () => {
    expect(wasTakenBack(run, at('before', run))).toBe(true);
    expect(wasTakenBack(run, at('after', run))).toBe(false);
  });

  test('in doubt it counts as the last: somebody changed a file, or it wrote elsewhere', () => {
    const before = at('before', run);
    expect(wasTakenBack(run, (path) => (path === 'old.ts' ? state('mine') : before(path)))).toBe(false);
    expect(wasTakenBack({ ...run, files: [], folders: [], elsewhere: true }, () => null)).toBe(false);
  });
});

describe('a lockfile that the installation changed', () => {
  const installed: WrittenFile = { path: 'package-lock.json', before: kept('1'), after: state('2') };

  test('belongs to the run', () => {
    expect(withInstalled(run, installed, state('1')).files).toEqual([...run.files, installed]);
  });

  test('that the run had written too is what it was before the run', () => {
    const written: WrittenFile = { path: 'package-lock.json', before: kept('0'), after: state('1') };
    expect(withInstalled({ ...run, files: [written] }, installed, state('1')).files).toEqual([
      { ...written, after: state('2') },
    ]);
  });

  test('that somebody changed since the run stays a change', () => {
    const written: WrittenFile = { path: 'package-lock.json', before: kept('0'), after: state('other') };
    expect(withInstalled({ ...run, files: [written] }, installed, state('1')).files).toEqual([written]);
  });
});

test('what is kept is read back; anything else is nothing', () => {
  expect(parseLastRun(JSON.stringify(run))).toEqual(run);
  for (const text of ['', '{', '[]', 'null', '{"generator":"sample"}']) {
    expect(parseLastRun(text)).toBeUndefined();
  }
});
