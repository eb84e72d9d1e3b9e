import pg from 'pg';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { createTest, expectRoundTrip, inTimeZone, type PostgresDatabase } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql('CREATE TABLE moments (id serial PRIMARY KEY, at timestamptz, wall timestamp, day date)'),
  }),
});
const KOLKATA_AND_ST_JOHNS = { process: 'Asia/Kolkata', session: 'America/St_Johns' };

/** The zones of this process, of a connection of the code's own, and of its pool. */
async function zonesOf(database: PostgresDatabase) {
  const client = new pg.Client(database.url);
  await client.connect();
  const own = (await client.query('SHOW TimeZone')).rows[0].TimeZone;
  await client.end();
  const pooled = (await database.pool.query('SHOW TimeZone')).rows[0].TimeZone;
  return { offset: new Date(0).getTimezoneOffset(), own, pooled };
}

describe('the zones', () => {
  const warn = vi.spyOn(console, 'warn');
  let first: Awaited<ReturnType<typeof zonesOf>>;
  let name: string;

  beforeAll(() => warn.mockClear());
  afterAll(() => {
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });

  test('are others inside, and as before after it', async ({ database }) => {
    const { TZ } = process.env;
    first = await zonesOf(database);
    name = database.url;
    const inside = await inTimeZone(database, KOLKATA_AND_ST_JOHNS, () => zonesOf(database));
    expect(inside).toEqual({ offset: -330, own: 'America/St_Johns', pooled: 'America/St_Johns' });
    expect(await zonesOf(database)).toEqual(first);
    expect(process.env.TZ).toBe(TZ);
  });

  test('are as before for the next test, whose database is the same', async ({ database }) => {
    expect(database.url).toBe(name);
    expect(await zonesOf(database)).toEqual(first);
  });

  test('are set back when the work fails', async ({ database }) => {
    const failing = inTimeZone(database, KOLKATA_AND_ST_JOHNS, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await zonesOf(database)).toEqual(first);
  });

  test('are nested', async ({ database }) => {
    await inTimeZone(database, { session: 'Asia/Tokyo', process: 'Asia/Tokyo' }, async () => {
      await inTimeZone(database, KOLKATA_AND_ST_JOHNS, () => {});
      expect(await zonesOf(database)).toEqual({ offset: -540, own: 'Asia/Tokyo', pooled: 'Asia/Tokyo' });
    });
    expect(await zonesOf(database)).toEqual(first);
  });
});

test('zones that nobody knows are refused, and nothing is changed', async ({ database }) => {
  const before = await zonesOf(database);
  const into = (zones: object) => inTimeZone(database, zones, () => {});
  await expect(into({ process: 'Mars/Base' })).rejects.toThrow("'Mars/Base' is not a time zone that Node knows.");
  await expect(into({ session: 'Mars/Base' })).rejects.toThrow("'Mars/Base' is not a time zone that PostgreSQL knows.");
  expect(await zonesOf(database)).toEqual(before);
});

describe('with one session only', () => {
  test.override('isolation', 'rollback');

  test('the zone of the process is set, and that of sessions refused', async ({ database }) => {
    const offset = await inTimeZone(database, { process: 'Asia/Kolkata' }, () => new Date(0).getTimezoneOffset());
    expect(offset).toBe(-330);
    await expect(inTimeZone(database, { session: 'Asia/Kolkata' }, () => {})).rejects.toThrow(
      "cannot be set to Asia/Kolkata in isolation 'rollback'",
    );
  });
});

describe('code that is right in UTC only', () => {
  /** Writes by the pool and reads again, as the driver does it unless told otherwise. */
  const through = async (database: PostgresDatabase, column: string, value: unknown) => {
    const text = `INSERT INTO moments (${column}) VALUES ($1) RETURNING ${column} AS value`;
    return (await database.pool.query(text, [value])).rows[0].value;
  };
  const toMilliseconds = (value: string | null) => value?.replace(/(\.\d{3})\d{3}/, '$1000') === value;

  test.for([
    ['a timestamp without zone, which Date takes for local time', 'wall', /shifted by a time zone \(-05:30\)/],
    ['a date, which Date takes for local midnight', 'day', /the date became the day before/],
  ] as const)('%s', async ([, column, cause], { database }) => {
    const trip = () =>
      expectRoundTrip(
        database,
        `moments.${column}`,
        async (value: string) => {
          const date = (await through(database, column, value)) as Date;
          return column === 'day' ? date.toISOString().slice(0, 10) : date.toISOString();
        },
        { where: (value: string | null) => value !== null && (column === 'day' || toMilliseconds(value)), runs: 0 },
      );
    await inTimeZone(database, { process: 'UTC', session: 'UTC' }, trip);
    await expect(inTimeZone(database, KOLKATA_AND_ST_JOHNS, trip)).rejects.toThrow(cause);
  });

  test('local time written as text, which the session reads in its own zone', async ({ database }) => {
    const work = async (value: string) => {
      const local = value.slice(0, -1);
      return ((await through(database, 'at', local)) as Date).toISOString();
    };
    const trip = () =>
      expectRoundTrip(database, 'moments.at', work, {
        where: (value: string | null) => value !== null && toMilliseconds(value),
        runs: 0,
      });
    await inTimeZone(database, { session: 'UTC' }, trip);
    await expect(inTimeZone(database, { session: 'America/St_Johns' }, trip)).rejects.toThrow(
      /written {4}"1970-01-01T00:00:00\.000000Z"\n {2}came back {2}"1970-01-01T03:30:00\.000Z"\n {2}cause {6}shifted by a time zone \(\+03:30\)/,
    );
  });

  test('is right everywhere when it leaves times as text with their offset', async ({ database }) => {
    await inTimeZone(database, KOLKATA_AND_ST_JOHNS, () =>
      expectRoundTrip(database, 'moments.at', async (value: string | null) => {
        const sql = "INSERT INTO moments (at) VALUES ($1) RETURNING to_json(at)#>>'{}' AS value";
        return (await database.pool.query(sql, [value])).rows[0].value;
      }),
    );
  });
});
