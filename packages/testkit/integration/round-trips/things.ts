import { createTest, type PostgresDatabase } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

/** A table with a column of every type that values are known for. */
export const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(`
      CREATE TYPE mood AS ENUM ('happy', 'Sad', 'so "so"');
      CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
      CREATE DOMAIN code AS text NOT NULL CHECK (VALUE IN ('new', 'old'));
      CREATE DOMAIN strict_percent AS percent;
      CREATE TABLE things (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        price numeric(12,2) CHECK (price >= 0), amount numeric, thousands numeric(5,-3), share percent, part strict_percent,
        small int2, middle int4, large int8, single float4, double float8,
        at timestamptz, at_second timestamptz(0), wall timestamp, day date, clock time,
        name text, short varchar(3), fixed char(4), status text CHECK (status IN ('open', 'it''s done')),
        document jsonb, raw json, key uuid, yes boolean, bytes bytea, mood mood,
        tags text[], numbers int8[], prices numeric(5,2)[], documents jsonb[], moods mood[], moments timestamptz[],
        low int, high int, CHECK (low < high), span interval
      );
      CREATE TABLE coded (id int GENERATED ALWAYS AS IDENTITY, code code, name text UNIQUE);
    `),
  }),
});

/** Code that is right: text goes in, and text comes out. */
export async function storeAndRead(
  database: PostgresDatabase,
  column: string,
  value: unknown,
  as = '%::text',
): Promise<unknown> {
  const [row] = await database.query<{ value: unknown }>(
    `INSERT INTO things (${column}) VALUES ($1) RETURNING ${as.replace('%', column)} AS value`,
    [value],
  );
  return row?.value;
}
