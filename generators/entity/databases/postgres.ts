import * as columns from '../columns.ts';
import { type Database, type FieldType, plain } from './database.ts';

const MOST_DIGITS = 1000;

/** Whatever the DateStyle and the TimeZone of the session are. */
const DAY = (column: string) => `to_char("${column}", 'YYYY-MM-DD')`;
const INSTANT = (column: string) => `to_char("${column}" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The names of others that are not near to its own. */
const OF_OTHERS: ReadonlyMap<string, string> = new Map([
  ['datetime', 'timestamptz'],
  ['double', 'double precision'],
]);

const varchar: FieldType = {
  form: 'varchar(n)',
  aliases: ['character varying'],
  column: ([most, ...rest]) =>
    most === undefined || rest.length > 0 || most < 1 || most > columns.LONGEST_VARCHAR
      ? `needs its length, an integer from 1 to ${columns.LONGEST_VARCHAR}, as in varchar(200); longer strings are of type text`
      : columns.varchar(`'varchar(${most})'`, most),
};

const numeric: FieldType = {
  form: 'numeric(p,s)',
  aliases: ['decimal'],
  column: ([digits, places = 0, ...rest]) =>
    digits === undefined || rest.length > 0 || digits < 1 || digits > MOST_DIGITS || places > digits
      ? `needs its digits, 1 to ${MOST_DIGITS} in all, and how many of them are behind the point, as in numeric(12,2)`
      : columns.decimal(`'numeric(${digits}, ${places})'`, digits, places),
};

const smallint = columns.integer("'smallint'", 'z.int().min(-32_768).max(32_767)', '32_768');
const integer = columns.integer("'integer'", 'z.int32()', '2_147_483_648');

/** PostgreSQL, by pg. */
export const postgres: Database = {
  name: 'postgres',
  dialect: 'PostgresDialect',
  layer: 'postgres',
  uses: [],
  idType: 'Generated<string>',
  jsonLevels: 50,
  nearest: (type) => OF_OTHERS.get(type),
  ownColumns: ['tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax'],
  ownTables: 'pg_',
  types: [
    plain('text', columns.text("'text'")),
    varchar,
    plain('boolean', columns.boolean("'boolean'"), 'bool'),
    plain('smallint', smallint, 'int2'),
    plain('integer', integer, 'int', 'int4'),
    plain('bigint', columns.bigint("'bigint'"), 'int8'),
    numeric,
    plain('double precision', columns.float("'double precision'"), 'float8'),
    plain('date', { ...columns.date("'date'"), select: DAY }),
    plain('timestamptz', { ...columns.instant("'timestamptz'"), select: INSTANT }, 'timestamp with time zone'),
    plain('uuid', columns.uuid("'uuid'")),
    plain('jsonb', columns.document("'jsonb'")),
    plain('text[]', columns.listOf(columns.text(''), 'sql`text[]`')),
    plain('integer[]', columns.listOf(integer, 'sql`integer[]`'), 'int[]', 'int4[]'),
    plain('bigint[]', columns.listOf(columns.bigint(''), 'sql`bigint[]`'), 'int8[]'),
    plain('uuid[]', columns.listOf(columns.uuid(''), 'sql`uuid[]`')),
  ],
};
