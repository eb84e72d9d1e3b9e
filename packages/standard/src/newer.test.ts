import { expect, test } from 'vitest';
import { aGeneratedFolder } from './a-repository.ts';
import { newerTemplates } from './newer.ts';

const told = (changes: Parameters<typeof aGeneratedFolder>[0]) =>
  newerTemplates({ generated: [aGeneratedFolder(changes)] });
const file = (path: string, made: string | undefined, now: string | undefined, today: string | undefined) => ({
  path,
  made,
  now,
  today,
});

test.each([
  ['as it was made', 'a', 'a', 'a'],
  ['edited', 'a', 'b', 'a'],
  ['deleted', 'a', undefined, 'a'],
  ['brought up to date by hand', 'a', 'b', 'b'],
  ['gone from package and template', 'a', undefined, undefined],
])('a file that is %s tells nothing', (_, made, now, today) => {
  expect(told({ files: [file('src/a.ts', made, now, today)] })).toEqual([]);
});

test.each([
  ['changed', 'a', 'a', 'b'],
  ['changed, while the owner edited the file', 'a', 'c', 'b'],
  ['makes it no more', 'a', 'a', undefined],
  ['makes it now', undefined, undefined, 'b'],
])('a template that %s is told', (_, made, now, today) => {
  expect(told({ files: [file('src/a.ts', made, now, today)] })).toEqual([
    'packages/orders: the templates are newer than version 1.0.0 of service, by 1 file (src/a.ts): npx plop update --package orders',
  ]);
});

test('many files are counted', () => {
  const files = ['a', 'b', 'c', 'd', 'e'].map((name) => file(name, '1', '1', '2'));
  expect(told({ files })).toEqual([
    'packages/orders: the templates are newer than version 1.0.0 of service, by 5 files (a, b, c, 2 more): npx plop update --package orders',
  ]);
});

test('a template that cannot be asked', () => {
  expect(told({ problem: 'this workspace has no generator service' })).toEqual([
    'packages/orders: what service makes today cannot be told: this workspace has no generator service',
  ]);
});
