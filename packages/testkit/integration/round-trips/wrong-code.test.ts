import { describe, expect } from 'vitest';
import { expectRoundTrip } from '../../src/index.ts';
import { storeAndRead, test } from './things.ts';

type Change = (value: string) => unknown;

/** Code that loses something, the smallest value that shows it, what came back, and the cause that is told. */
const onTheWayOut: [string, string, Change, string, string, RegExp][] = [
  [
    'numeric through Number',
    'price',
    Number,
    '"0.00"',
    '0 (a number)',
    /trailing zeros were lost.*Number or parseFloat/,
  ],
  ['numeric without its zeros', 'price', (text) => String(Number.parseFloat(text)), '"0.00"', '"0"', /trailing zeros/],
  ['numeric as an integer', 'price', (text) => text.replace(/\..*/, '.00'), '"0.01"', '"0.00"', /cut to an integer/],
  [
    'bigint through Number',
    'large',
    Number,
    '"9007199254740993"',
    '9007199254740992 (a number)',
    /exact up to 9007199254740991/,
  ],
  ['bigint in 32 bits', 'large', (text) => String(Number(text) | 0), '"2147483648"', '"-2147483648"', /cut to 32 bits/],
  ['a falsy zero', 'middle', (text) => Number(text) || null, '"0"', 'NULL', /became NULL: is it taken for nothing/],
  [
    'microseconds through Date',
    'at',
    (text) => new Date(text).toISOString(),
    '"1970-01-01T00:00:00.000001Z"',
    '"1970-01-01T00:00:00.000Z"',
    /cut to milliseconds/,
  ],
  [
    'a time for people',
    'at',
    (text) => new Date(text).toLocaleString('en-US'),
    '"1970-01-01T00:00:00.000000Z"',
    '"1/1/1970, 12:00:00 AM"',
    /not in ISO 8601/,
  ],
  [
    'a time without its offset',
    'at',
    (text) => text.slice(0, -1),
    '"1970-01-01T00:00:00.000000Z"',
    '"1970-01-01T00:00:00.000000"',
    /without its offset/,
  ],
  [
    'a date through Date',
    'day',
    (text) => new Date(`${text}T00:00:00+02:00`).toISOString().slice(0, 10),
    '"1970-01-01"',
    '"1969-12-31"',
    /became the day before: it went through a Date/,
  ],
  [
    'a date as a Date',
    'day',
    (text) => new Date(text),
    '"1970-01-01"',
    '1970-01-01T00:00:00.000Z (a Date)',
    /became a point in time/,
  ],
  [
    'a field lost',
    'document',
    (text) => JSON.parse(text, (key, value) => (key === 'b' ? undefined : value)),
    '"{\\"a\\":{\\"b\\":[1,{\\"c\\":false}]}}"',
    '{"a":{}}',
    /a field of the JSON was lost: a\.b/,
  ],
  [
    'a number in JSON',
    'document',
    (text) => JSON.parse(text),
    '"{\\"a\\":9007199254740993}"',
    '{"a":9007199254740992}',
    /the number a went through JSON\.parse/,
  ],
  ['JSON twice', 'document', (text) => JSON.stringify(text), '"{}"', '"\\"{}\\""', /encoded as JSON twice/],
  [
    'an emoji cut',
    'name',
    (text) => text.replace(/[\udc00-\udfff]$/, ''),
    '',
    '',
    /^cut in the middle of a character beyond U\+FFFF/,
  ],
  ['normalised', 'name', (text) => text.normalize('NFC'), '', '', /normalised to NFC/],
  ['trimmed', 'name', (text) => text.trim(), '" "', '""', /trimmed/],
  ['Latin-1', 'name', (text) => Buffer.from(text).toString('latin1'), '', '', /UTF-8 was read as Latin-1/],
  [
    'bytes as text',
    'bytes',
    (text) => Buffer.from(Buffer.from(text.slice(2), 'hex').toString()),
    '',
    '\\xefbfbd',
    /replaced some by U\+FFFD/,
  ],
  ['a boolean by truth', 'yes', (text) => Boolean(text), '"false"', 'true (a boolean)', /^$/],
];

describe('what is lost on the way out', () => {
  test.for(onTheWayOut)('%s', async ([, column, change, written, came, cause], { database }) => {
    const work = async (value: string | null) => {
      const text = await storeAndRead(database, column, value);
      return text === null ? null : change(column === 'at' ? (value as string) : String(text));
    };
    const error = await expectRoundTrip(database, `things.${column}`, work, { seed: 1 }).catch(
      (reason: Error) => reason,
    );
    const message = (error as Error).message;
    expect(message).toMatch(new RegExp(`^things\\.${column} \\(.+\\) did not survive the round trip\\.\n`));
    expect(message).toContain(`  written    ${written}`);
    expect(message).toContain(`  came back  ${came}`);
    expect(/cause {6}(.*)/.exec(message)?.[1] ?? '').toMatch(cause);
    expect(message).toContain('things holds it as written: it changed on the way out');
    expect(message).toMatch(
      /The smallest of \d+ values? that failed, of \d+ that were tried; \{ seed: 1 \} tries the same again\.$/,
    );
  });
});

test('what is lost on the way in is told from what is lost on the way out', async ({ database }) => {
  const work = (value: string | null) => storeAndRead(database, 'large', value && Number(value));
  await expect(expectRoundTrip(database, 'things.large', work)).rejects.toThrow(
    'things holds no such value: it changed on the way in',
  );
});

test('NULL that became something, and something that became NULL', async ({ database }) => {
  await expect(expectRoundTrip(database, 'things.name', (name: string | null) => name ?? '')).rejects.toThrow(
    /written {4}NULL\n {2}came back {2}""\n {2}cause {6}NULL became the empty text/,
  );
  await expect(expectRoundTrip(database, 'things.name', (name: string | null) => name || null)).rejects.toThrow(
    /written {4}""\n {2}came back {2}NULL\n {2}cause {6}the empty text became NULL/,
  );
  await expect(expectRoundTrip(database, 'things.name', () => undefined)).rejects.toThrow('nothing came back');
});

test('a list that lost its order, its nulls, or a digit', async ({ database }) => {
  type List = (string | null)[] | null;
  const trip = (work: (list: List) => unknown) => expectRoundTrip(database, 'things.numbers', work, { seed: 1 });
  await expect(trip((list) => list?.filter((item) => item !== null) ?? null)).rejects.toThrow(
    'NULL in the array was lost',
  );
  await expect(trip((list) => list?.map((item) => item && Number(item)) ?? null)).rejects.toThrow(
    /element \d: it went through Number/,
  );
  await expect(trip((list) => list?.toReversed() ?? null)).rejects.toThrow('the order of the elements changed');
});

test('of several columns the one that changed is named, with its row', async ({ database }) => {
  const work = (row: Readonly<Record<string, string | null>>) => ({ ...row, share: row.share && Number(row.share) });
  await expect(expectRoundTrip(database, 'things', ['price', 'share'], work)).rejects.toThrow(
    /^things\.share \(percent\) did not survive .*\n {2}written {4}"0.00"\n {2}came back {2}0 \(a number\)[\s\S]*row {8}price NULL, share "0.00"/,
  );
});

test('numbers may be compared by value', async ({ database }) => {
  const work = (value: string | null) => value && Number(value);
  await expectRoundTrip(database, 'things.share', work, { compare: 'value' });
  await expect(expectRoundTrip(database, 'things.amount', work, { compare: 'value' })).rejects.toThrow(
    'rounded to a float',
  );
});

test('the failure points to the test', async ({ database }) => {
  const error = await expectRoundTrip(database, 'things.price', Number).catch((reason: Error) => reason);
  expect((error as Error).stack).toMatch(/tries the same again\.\n\s+at .*wrong-code\.test\.ts/);
});

test('smaller values are looked for only for a while', async ({ database }) => {
  const start = performance.now();
  const slow = async (value: string | null) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return value && `${value} `;
  };
  await expect(expectRoundTrip(database, 'things.tags', slow)).rejects.toThrow('did not survive');
  expect(performance.now() - start).toBeLessThan(10_000);
}, 20_000);
