import type { Column } from '../column.ts';
import * as columns from '../columns.ts';
import { type Database, type FieldType, plain } from './database.ts';
import { checkRow } from './mariadb-row.ts';

const MOST_DIGITS = 65;
const MOST_PLACES = 38;
/** Of a JSON document, all that MariaDB takes for one. */
const JSON_LEVELS = 31;

/** In UTC, as it is kept. */
const INSTANT = (column: string) => `date_format(\${sql.ref('${column}')}, '%Y-%m-%dT%H:%i:%s.%fZ')`;

const varchar: FieldType = {
  form: 'varchar(n)',
  column: ([most, ...rest]) =>
    most === undefined || rest.length > 0 || most < 1 || most > columns.LONGEST_VARCHAR
      ? `needs its length, an integer from 1 to ${columns.LONGEST_VARCHAR}, as in varchar(200); longer strings are of type text`
      : { ...columns.varchar(`'varchar(${most})'`, most), edges: ["' '", `'😀'.repeat(${most})`] },
};

const decimal: FieldType = {
  form: 'decimal(p,s)',
  aliases: ['numeric'],
  column: ([digits, places = 0, ...rest]) =>
    digits === undefined ||
    rest.length > 0 ||
    digits < 1 ||
    digits > MOST_DIGITS ||
    places > Math.min(digits, MOST_PLACES)
      ? `needs its digits, 1 to ${MOST_DIGITS} in all, and how many of them are behind the point, ${MOST_PLACES} at most, as in decimal(12,2)`
      : { ...columns.decimal(`'decimal(${digits}, ${places})'`, digits, places), edges: endsOf(digits, places) },
};

const datetime: FieldType = {
  form: 'datetime',
  column: ([decimals = 6, ...rest]) =>
    rest.length > 0 || decimals !== 6 ? 'is kept with six decimals; write datetime' : instant(),
};

/** MariaDB, by mysql2, which has dates as text. */
export const mariadb: Database = {
  name: 'mariadb',
  dialect: 'MysqlDialect',
  layer: 'mariadb',
  uses: ['src/in-transaction.ts', 'src/utc-datetime.ts'],
  idType: 'string',
  jsonLevels: JSON_LEVELS,
  ownColumns: [],
  nearest: (type) => {
    if (type.endsWith('[]')) {
      return 'json';
    }
    return /^timestamp/.test(type) ? 'datetime' : undefined;
  },
  checkRow,
  types: [
    plain('text', {
      ...columns.text("'text'"),
      edges: ["' '", String.raw`'\\ %_? \'; -- \n'`, "'😀'.repeat(15_000)"],
    }),
    varchar,
    plain('boolean', boolean(), 'bool'),
    plain('smallint', {
      ...columns.integer("'smallint'", 'z.int().min(-32_768).max(32_767)', '32_768'),
      edges: ['0', '-32_768', '32_767'],
    }),
    plain(
      'integer',
      {
        ...columns.integer("'integer'", 'z.int32()', '2_147_483_648'),
        edges: ['0', '-2_147_483_648', '2_147_483_647'],
      },
      'int',
    ),
    plain('bigint', {
      ...columns.bigint("'bigint'"),
      edges: ["'0'", "'-9223372036854775808'", "'9223372036854775807'"],
    }),
    decimal,
    plain(
      'double',
      { ...columns.float("'double precision'"), edges: ['0', '5e-324', '-Number.MAX_VALUE', '1 / 3'] },
      'double precision',
    ),
    plain('date', { ...columns.date("'date'"), read: 'string', edges: ["'0001-01-01'", "'9999-12-31'"] }),
    datetime,
    plain('uuid', {
      ...columns.uuid("'uuid'"),
      edges: ["'00000000-0000-0000-0000-000000000000'", "'018f3a9e-0000-1000-8000-000000000001'"],
    }),
    plain('json', document()),
  ],
};

function boolean(): Column {
  return { ...columns.boolean("'boolean'"), read: 'number', written: 'boolean', parse: (value) => `${value} === 1` };
}

function instant(): Column {
  return {
    ...columns.instant("'datetime(6)'"),
    read: 'string',
    select: INSTANT,
    write: (value) => `utcDatetime(${value})`,
    writer: { file: 'utc-datetime', name: 'utcDatetime' },
    edges: ["'2026-03-29T00:59:59.123457Z'", "'9999-12-31T23:59:59.999999Z'"],
  };
}

function document(): Column {
  return {
    ...columns.document("'json'"),
    read: 'string',
    parse: (value) => `JSON.parse(${value})`,
    edges: [
      "''",
      'false',
      String.raw`{ 'größe "😀"': '\\n\'' }`,
      `JSON.parse('['.repeat(${JSON_LEVELS}) + ']'.repeat(${JSON_LEVELS}))`,
    ],
  };
}

/** The ends of what a decimal can be, and that next to nothing. */
function endsOf(digits: number, places: number): readonly string[] {
  const point = places === 0 ? '' : '.';
  const most = `${'9'.repeat(digits - places) || '0'}${point}${'9'.repeat(places)}`;
  const zero = `0${point}${'0'.repeat(places)}`;
  return [most, `-${most}`, zero, `${zero.slice(0, -1)}1`].map((value) => `'${value}'`);
}
