import { expect, test } from 'vitest';
import { coveringArray } from './covering-array.ts';

const values = (...labels: string[]) => labels.map((label) => ({ label }));
const anything = async () => undefined;

async function rowsOf(...given: Parameters<typeof coveringArray>) {
  const { rows } = await coveringArray(...given);
  return rows.map((row) => Object.values(row).map(({ label }) => label));
}

test('nine rows hold the 54 pairs of four factors of three values, as in the best array there is', async () => {
  const three = values('1', '2', '3');
  const array = await coveringArray({ a: three, b: three, c: three, d: three }, anything);
  expect(array).toMatchObject({ total: 54, impossible: new Map(), unusable: [] });
  expect({ rows: array.rows.length, pairs: array.covered.length }).toEqual({ rows: 9, pairs: 54 });
});

test('rows begin with what is listed last, and are the same each time', async () => {
  const factors = { database: values('postgres', 'none'), cache: values('redis', 'none') };
  const rows = await rowsOf(factors, anything);
  expect(rows).toEqual([
    ['none', 'none'],
    ['none', 'redis'],
    ['postgres', 'none'],
    ['postgres', 'redis'],
  ]);
  expect(await rowsOf(factors, anything)).toEqual(rows);
});

test('a pair that is refused in every combination is named, with the reason, and no row has it', async () => {
  const factors = {
    database: values('postgres', 'none'),
    cache: values('redis', 'none'),
    broker: values('nats', 'none'),
  };
  const { rows, covered, impossible } = await coveringArray(factors, async ({ database, cache }) =>
    database?.label === 'none' && cache?.label === 'redis' ? 'there is nothing to cache' : undefined,
  );
  expect(impossible).toEqual(new Map([['database=none & cache=redis', 'there is nothing to cache']]));
  expect(covered).toHaveLength(11);
  expect(rows.filter(({ database, cache }) => database?.label === 'none' && cache?.label === 'redis')).toEqual([]);
});

test('a pair that is refused in some combinations only is in a row of another', async () => {
  const two = values('yes', 'no');
  const { covered, impossible } = await coveringArray({ a: two, b: two, c: two }, async (row) =>
    Object.values(row).every(({ label }) => label === 'yes') ? 'all at once' : undefined,
  );
  expect({ covered: covered.length, impossible: impossible.size }).toEqual({ covered: 12, impossible: 0 });
});

test('a value that is refused with every other is named', async () => {
  const factors = { database: values('postgres', 'none'), cache: values('redis', 'none') };
  const { unusable, impossible, total, covered } = await coveringArray(factors, async ({ cache }) =>
    cache?.label === 'redis' ? 'not yet' : undefined,
  );
  expect({ unusable, impossible: [...impossible.keys()], total, covered: covered.length }).toEqual({
    unusable: ['cache=redis'],
    impossible: ['database=postgres & cache=redis', 'database=none & cache=redis'],
    total: 4,
    covered: 2,
  });
});

test('values by themselves take as many rows as the longest list; a factor alone has its values for pairs', async () => {
  expect(await rowsOf({ a: values('1', '2', '3'), b: values('x', 'y') }, anything, 1)).toEqual([
    ['3', 'y'],
    ['2', 'x'],
    ['1', 'y'],
  ]);
  expect(await rowsOf({ a: values('1', '2') }, anything)).toEqual([['2'], ['1']]);
});

test('too many combinations are an error, not an endless search', async () => {
  const ten = values(...'abcdefghij');
  await expect(coveringArray({ a: ten, b: ten, c: ten, d: ten, e: ten }, anything)).rejects.toThrow(
    '100000 combinations of a, b, c, d, e are too many to go through',
  );
});
