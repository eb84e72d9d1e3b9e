import { expect, test } from 'vitest';
import { type EarlierFile, type EarlierState, packageOf } from '../../history/earlier-state.ts';
import { decodeStates, encodeStates } from '../../history/stored-states.ts';

function file(text: string | Buffer, mode: EarlierFile['mode'] = '100644'): EarlierFile {
  return { content: Buffer.from(text), mode };
}

function state(name: string, ...runs: readonly Readonly<Record<string, EarlierFile | undefined>>[]): EarlierState {
  const all = runs.map((files) => ({ generator: 'service', answers: { port: 1, upstream: [] }, files: sorted(files) }));
  return { name, date: '2026-01-01T00:00:00Z', version: '1.0.0', packages: [packageOf('orders', all)] };
}

function sorted(
  files: Readonly<Record<string, EarlierFile | undefined>>,
): ReadonlyMap<string, EarlierFile | undefined> {
  return new Map(Object.entries(files).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

test('states are read as they were written: contents, modes, removed files, answers', () => {
  const states = [
    state('Start', {
      'run.sh': file('#!/bin/sh\n', '100755'),
      'src/a.ts': file('a\r\n“ä”\u{1f600}\0\ufeff'),
      b: file(''),
    }),
    state('Go on', { 'src/a.ts': file('a\n'), b: file('') }, { b: undefined, 'src/a.ts': file('\ufeffb\n') }),
  ];
  expect(decodeStates(encodeStates(states))).toEqual(states);
});

test('a package has of each file what the last run left', () => {
  const runs = [
    { generator: 'service', answers: {}, files: sorted({ a: file('1'), b: file('1'), c: file('1') }) },
    { generator: 'stub', answers: {}, files: sorted({ a: file('2'), b: undefined, 'a/d': file('2') }) },
    { generator: 'entity', answers: {}, files: sorted({ b: file('3') }) },
  ];
  const { folder, files } = packageOf('orders', runs);
  expect(folder).toBe('packages/orders');
  expect([...files].map(([path, { content }]) => `${path}: ${content}`)).toEqual(['a: 2', 'a/d: 2', 'b: 3', 'c: 1']);
});

test('a content that many states share is stored once', () => {
  const noise = Array.from({ length: 2000 }, (_, index) => ((index * 2654435761) % 4294967296).toString(36)).join('');
  const once = encodeStates([state('One', { a: file(noise) })]).length;
  const often = encodeStates(Array.from({ length: 20 }, (_, index) => state(`${index}`, { a: file(noise) }))).length;
  expect(often).toBeLessThan(once * 1.1);
});

test('a file that is not UTF-8 is refused, not changed', () => {
  expect(() => encodeStates([state('One', { 'logo.bin': file(Buffer.from([0xff, 0xfe])) })])).toThrow(TypeError);
});
