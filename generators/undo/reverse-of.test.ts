import { expect, test } from 'vitest';
import { stateOf } from '../engine/last-run/last-run.ts';
import { reverseOf } from './reverse-of.ts';

const old = Buffer.from([0, 255, 13, 10]);
const now = Buffer.from('now\n');
const before = { content: old.toString('base64'), mode: 0o755 };
const after = stateOf(now, 0o755);

test.each([
  ['created: it goes', { path: 'a', before: null, after }, { fate: 'remove', before: now, after: undefined }],
  [
    'removed: it is made',
    { path: 'a', before, after: null },
    { fate: 'create', before: undefined, after: old, mode: 0o755 },
  ],
  ['edited: it is edited', { path: 'a', before, after }, { fate: 'edit', before: now, after: old, mode: 0o755 }],
] as const)('a file that was %s', (_, file, reverse) => {
  expect(reverseOf(file, () => now)).toEqual({ path: 'a', ...reverse });
});

test('a file that was moved: it moves back, with its content and its mode', () => {
  const read = (path: string) => (path === 'to' ? now : Buffer.from('elsewhere'));
  expect(reverseOf({ path: 'to', from: 'from', before, after }, read)).toEqual({
    path: 'from',
    from: 'to',
    fate: 'move',
    before: now,
    after: old,
    mode: 0o755,
  });
});
