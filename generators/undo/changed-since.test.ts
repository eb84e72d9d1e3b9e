import { expect, test } from 'vitest';
import { type LastRun, type Present, stateOf } from '../engine/last-run/last-run.ts';
import { changedSince, lineOf } from './changed-since.ts';

const state = (text: string, mode = 0o644) => stateOf(Buffer.from(text), mode);
const before = { content: '', mode: 0o644 };

const run: LastRun = {
  generator: 'sample',
  folder: 'p',
  time: '2026-01-31T12:00:00.000Z',
  files: [
    { path: 'created', before: null, after: state('a') },
    { path: 'moved', from: 'origin', before, after: state('b', 0o755) },
    { path: 'removed', before, after: null },
  ],
  folders: [],
};
const left: Readonly<Record<string, Present>> = { created: state('a'), moved: state('b', 0o755) };

function linesWith(changes: Readonly<Record<string, Present>>): readonly string[] {
  const present = { ...left, ...changes };
  return changedSince(run, (path) => present[path] ?? null).map(lineOf);
}

test('nothing, where all is as the run left it', () => {
  expect(linesWith({})).toEqual([]);
});

test('each file that changed, and how', () => {
  expect(linesWith({ created: state('b'), moved: state('b'), origin: state('c'), removed: state('') })).toEqual([
    '  created (edited)',
    '  moved (no longer executable)',
    '  origin (there again)',
    '  removed (there again)',
  ]);
  expect(linesWith({ created: null, moved: 'not a file' })).toEqual(['  created (deleted)', '  moved (replaced)']);
  expect(linesWith({ created: state('a', 0o755) })).toEqual(['  created (made executable)']);
});
