import { expect, test } from 'vitest';
import { redis } from '../capabilities/redis.ts';
import { editReadme } from './readme.ts';

const [url, timeout] = redis.variables;
const rows = [
  '| `CACHE_URL` | | `redis://user:password@host:port/database`; without the cache requests are answered all the same |',
  '| `CACHE_TIMEOUT_MS` | 100 | for an answer of the cache |',
];
const table = ['# shop', '', '| variable | default | |', '|---|---|---|', '| `DATABASE_URL` | | ours |'];
const host = '| `HOST`, `PORT` | 0.0.0.0, 3000 | where it listens |';
const edit = (...lines: string[]) =>
  editReadme(
    lines.join('\n'),
    [url, timeout].filter((each) => each !== undefined),
  ).split('\n');

test('variables are added before those of the HTTP server', () => {
  expect(edit(...table, host, '')).toEqual([...table, ...rows, host, '']);
});

test('or at the end of the table', () => {
  expect(edit(...table, '', 'More.')).toEqual([...table, ...rows, '', 'More.']);
  expect(edit(...table)).toEqual([...table, ...rows, '']);
});

test('a variable that is there already stays as its owner describes it', () => {
  const ours = '| `CACHE_URL` | | ours |';
  expect(edit(...table, ours, host)).toEqual([...table, ours, rows[1], host]);
});

test('a README without the table is left alone', () => {
  expect(edit('# shop', '', '| route | |', '|---|---|', '| `GET /` | |')).toHaveLength(5);
});

test.each([
  ['docker run --publish 3000:3000 shop', 'docker run --publish 3000:3000 --env CACHE_URL shop'],
  [
    'docker run --publish 3000:3000 --env DATABASE_URL shop',
    'docker run --publish 3000:3000 --env DATABASE_URL --env CACHE_URL shop',
  ],
  ['docker run --publish 3000:3000 --env CACHE_URL shop', 'docker run --publish 3000:3000 --env CACHE_URL shop'],
  ['docker run --rm --publish 3000:3000 shop', 'docker run --rm --publish 3000:3000 shop'],
])('%s: what must be set is passed on', (before, after) => {
  expect(edit(before)).toEqual([after]);
});
