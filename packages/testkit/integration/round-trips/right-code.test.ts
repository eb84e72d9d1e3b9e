import { describe, expect } from 'vitest';
import { expectRoundTrip, refused } from '../../src/index.ts';
import { storeAndRead, test } from './things.ts';

type Any = string | null | (string | null)[];

describe('code that is right passes', () => {
  test.for([
    'price',
    'amount',
    'thousands',
    'share',
    'part',
    'small',
    'middle',
    'large',
    'single',
    'double',
    'at',
    'at_second',
    'wall',
    'day',
    'clock',
    'name',
    'short',
    'fixed',
    'status',
    'document',
    'raw',
    'key',
    'yes',
    'bytes',
    'mood',
    'low',
  ])('%s', async (column, { database }) => {
    const values: unknown[] = [];
    await expectRoundTrip(database, `things.${column}`, (value: string | null) => {
      values.push(value);
      return storeAndRead(database, column, value);
    });
    expect(values).toContain(null);
    expect(values.length).toBeGreaterThan(2);
  });

  test.for(['tags', 'numbers', 'prices', 'documents', 'moods', 'moments'])(
    'a list: %s',
    async (column, { database }) => {
      const tried: Any[] = [];
      await expectRoundTrip(database, `things.${column}`, (value: Any) => {
        tried.push(value);
        return storeAndRead(database, column, value, '%::text[]');
      });
      expect(tried).toContainEqual([]);
      expect(tried).toContainEqual([null]);
    },
  );
});

test('what the driver makes of types is read as their values', async ({ database }) => {
  const read = (column: string) => (value: string | null) => storeAndRead(database, column, value, '%');
  for (const column of ['yes', 'bytes', 'middle', 'double', 'large', 'price']) {
    await expectRoundTrip(database, `things.${column}`, read(column));
  }
  await expectRoundTrip(database, 'things.document', read('document'), {
    where: (text) => text === null || JSON.stringify(JSON.parse(text)) === text,
  });
  await expectRoundTrip(database, 'things.large', async (value: string | null) => {
    const text = await storeAndRead(database, 'large', value);
    return text === null ? null : BigInt(text as string);
  });
});

test('CHECK constraints of a column, its domain and its table say what is tried', async ({ database }) => {
  const seen = async (column: string) => {
    const values = new Set<string | null>();
    await expectRoundTrip(database, column, (value: string | null) => {
      values.add(value);
      return value;
    });
    return values;
  };
  const prices = await seen('things.price');
  expect(prices).toContain('9999999999.99');
  expect([...prices].filter((price) => price?.startsWith('-'))).toEqual([]);
  const shares = await seen('things.part');
  for (const edge of ['0.00', '0.01', '100.00']) {
    expect(shares).toContain(edge);
  }
  expect(await seen('things.status')).toEqual(new Set(['open', "it's done", null]));
  expect(await seen('coded.code')).toEqual(new Set(['new', 'old']));
  await expectRoundTrip(database, 'things', ['low', 'high'], (row) => {
    expect(row.low === null || row.high === null || Number(row.low) < Number(row.high)).toBe(true);
    return row;
  });
});

test('a value is tried once, so that a column may be unique', async ({ database }) => {
  await expectRoundTrip(database, 'coded.name', async (name: string | null) => {
    const [row] = await database.query<{ name: string | null }>(
      "INSERT INTO coded (code, name) VALUES ('new', $1) RETURNING name",
      [name],
    );
    return row?.name;
  });
});

test('a column is tried with few enough values for the way through HTTP', async ({ database }) => {
  let tried = 0;
  await expectRoundTrip(database, 'things.name', (name: string | null) => {
    tried += 1;
    return name;
  });
  expect(tried).toBeGreaterThan(25);
  expect(tried).toBeLessThan(80);
});

test('the same seed tries the same values', async ({ database }) => {
  const tried = async (seed: number) => {
    const values: unknown[] = [];
    const record = (value: string | null) => {
      values.push(value);
      return value;
    };
    await expectRoundTrip(database, 'things.amount', record, { seed });
    return values;
  };
  expect(await tried(7)).toEqual(await tried(7));
  expect(await tried(7)).not.toEqual(await tried(8));
});

test('values of the test come first, and open types that are not known', async ({ database }) => {
  const spans: unknown[] = [];
  await expectRoundTrip(
    database,
    'things.span',
    (span: string | null) => {
      spans.push(span);
      return storeAndRead(database, 'span', span);
    },
    { values: ['1 day', '25:00:00'] },
  );
  expect(spans.slice(0, 2)).toEqual(['1 day', '25:00:00']);
});

test('says what is missing, before anything is tried', async ({ database }) => {
  const same = (value: string) => value;
  const unknown = expectRoundTrip(database, 'things.span', same);
  await expect(unknown).rejects.toThrow(
    'No values are known for span, whose type is interval. Give some: { values: […] }.',
  );
  await expect(expectRoundTrip(database, 'things.prize', same)).rejects.toThrow(
    'The table things has no column prize; it has id, price,',
  );
  await expect(expectRoundTrip(database, 'thing.price', same)).rejects.toThrow('There is no table thing in');
  await expect(expectRoundTrip(database, 'things.price', same, { where: () => false })).rejects.toThrow(
    "things.price (numeric(12,2)): no value was tried, since none of those the testkit knows is taken by the column's checks",
  );
  await expect(expectRoundTrip({ ...database }, 'things.price', same)).rejects.toThrow(
    'takes the fixture of a PostgreSQL database itself',
  );
});

test('a value that the code fails with or refuses is told, with what to do', async ({ database }) => {
  const failing = expectRoundTrip(database, 'things.middle', (value: string | null) => {
    if (Number(value) > 1000) {
      throw new Error('too many');
    }
    return value;
  });
  await expect(failing).rejects.toThrow(
    /^things\.middle \(integer\): the code failed with a value that the column takes\.\n {2}written {4}"1001"\n {2}error {6}too many\nIf the code is right .*where/,
  );
  const refusing = expectRoundTrip(database, 'things.name', (name: string | null) => (name === '' ? refused : name));
  await expect(refusing).rejects.toThrow('the code refused a value that the column takes');
});
