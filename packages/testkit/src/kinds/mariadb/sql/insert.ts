import {
  advice,
  cellsOf,
  type Insert,
  keysFromParents,
  placeIn,
  refuseEmptyParents,
  refuseUnknownColumns,
  type Values,
} from '../../shared/sql/insert.ts';
import type { SqlDatabase } from '../../shared/sql/sql-dialect.ts';
import { identifier } from '../connection.ts';
import { type MariadbForeignKey, type MariadbTable, readMariadbTable } from './columns.ts';
import { mariadbValue } from './value.ts';

/** The INSERT that fills a table of MariaDB. */
export async function mariadbInsert(database: SqlDatabase, table: string, values: Values): Promise<Insert> {
  const target = await readMariadbTable(database, table);
  refuseUnknownColumns(target, values);
  const keys = keysFromParents(target.foreignKeys, values);
  const isFilled = async (parent: string) =>
    (await database.query(`SELECT 1 FROM ${identifier(parent)} LIMIT 1`)).length > 0;
  return {
    async run(rows) {
      await refuseEmptyParents(target, keys, isFilled);
      try {
        await database.query(insertOf(target, keys, values, rows));
      } catch (cause) {
        throw explained(target, cause as Error);
      }
      await database.query(`ANALYZE TABLE ${identifier(table)}`);
    },
  };
}

function insertOf(target: MariadbTable, keys: readonly MariadbForeignKey[], values: Values, rows: number): string {
  const cells = cellsOf(target, keys, values, {
    quoted: (name) => identifier(name),
    valueFor: mariadbValue,
    typeName: ({ fullType }) => fullType,
  });
  const table = identifier(target.name);
  // A recursion ends after 1000 rounds where the server is not told otherwise.
  const thousand = 'thousand AS (SELECT 0 AS k UNION ALL SELECT k + 1 FROM thousand WHERE k < 999)';
  const numbers = `number AS (SELECT low.k + 1000 * high.k AS n, low.k + 1000 * high.k + 1 + (SELECT count(*) FROM ${table}) AS i
    FROM thousand AS low JOIN thousand AS high ON high.k <= ${Math.floor((rows - 1) / 1000)} WHERE low.k + 1000 * high.k < ${rows})`;
  return `
    INSERT INTO ${table} (${cells.map(([name]) => identifier(name)).join(', ')})
    WITH RECURSIVE ${[thousand, numbers, ...keys.map((key, index) => parentOf(key, index, rows))].join(',\n')}
    SELECT ${cells.map(([, value]) => value).join(',\n')} FROM number
    ${keys.map((_key, index) => `LEFT JOIN parent_${index} ON parent_${index}.parent_number = ${placeIn(index, 'DIV')}`).join('\n')}
    ORDER BY n`;
}

function parentOf({ parent, keys }: MariadbForeignKey, index: number, rows: number): string {
  const names = keys.map((key) => identifier(key)).join(', ');
  return `parent_${index} AS (SELECT row_number() OVER (ORDER BY ${names}) - 1 AS parent_number, ${names} FROM ${identifier(parent)} LIMIT ${rows})`;
}

/** The server names a column, or a constraint, whose columns its text then does not name. */
function explained({ name, columns }: MariadbTable, cause: Error): Error {
  const named = columns.filter((column) => new RegExp(`[\`'.]${RegExp.escape(column.name)}[\`']`).test(cause.message));
  const text = `${name} could not be filled: ${cause.message}. ${advice(named.map((column) => column.name))}`;
  return new Error(text, { cause });
}
