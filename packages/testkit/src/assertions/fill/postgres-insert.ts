import pg from 'pg';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import {
  advice,
  cellsOf,
  type Insert,
  keysFromParents,
  placeIn,
  refuseEmptyParents,
  refuseUnknownColumns,
  type Values,
} from '../../kinds/shared/sql/insert.ts';
import type { SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';
import { columnsOf, type FillForeignKey, type FillTable, readTable } from './postgres-columns.ts';
import { fillValue } from './postgres-value.ts';

const { escapeIdentifier } = pg;

/** The server's message about a row that it refuses. */
interface ServerError extends Error {
  readonly constraint?: string;
  readonly column?: string;
}

/** The INSERT that fills a table of PostgreSQL. */
export async function postgresInsert(database: SqlDatabase, table: string, values: Values): Promise<Insert> {
  const inspector = await accessOf(database as PostgresDatabase).inspector();
  const target = await readTable(inspector, table);
  refuseUnknownColumns(target, values);
  const keys = keysFromParents(target.foreignKeys, values);
  const isFilled = async (parent: string) => {
    const [row] = await database.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ${parent}) AS filled`);
    return row?.filled === true;
  };
  return {
    async run(rows) {
      await refuseEmptyParents(target, keys, isFilled);
      try {
        await database.query(insertOf(target, keys, values), [rows]);
      } catch (cause) {
        throw await explained(inspector, table, cause as ServerError);
      }
      await database.query(`ANALYZE ${target.name}`);
    },
  };
}

function insertOf(target: FillTable, keys: readonly FillForeignKey[], values: Values): string {
  const cells = cellsOf(target, keys, values, {
    quoted: escapeIdentifier,
    valueFor: fillValue,
    typeName: ({ type }) => type,
  });
  const parents = keys.map(
    ({ parent, keys: names }, index) =>
      `parent_${index} AS MATERIALIZED (SELECT row_number() OVER () - 1 AS parent_number, kept.*
       FROM (SELECT ${names.map(escapeIdentifier).join(', ')} FROM ${parent} LIMIT $1) AS kept)`,
  );
  return `
    WITH ${[...parents, `number AS (SELECT n - 1 AS n, n + (SELECT count(*) FROM ${target.name}) AS i FROM generate_series(1::bigint, $1) AS n)`].join(',\n')}
    INSERT INTO ${target.name} (${cells.map(([name]) => escapeIdentifier(name)).join(', ')})
    SELECT ${cells.map(([, value]) => value).join(',\n')} FROM number
    ${keys.map((_key, index) => `LEFT JOIN parent_${index} ON parent_${index}.parent_number = ${placeIn(index, '/')}`).join('\n')}`;
}

async function explained(inspector: Connection, table: string, cause: ServerError): Promise<Error> {
  const { constraint, column } = cause;
  const columns = constraint ? await columnsOf(inspector, table, constraint) : column ? [column] : [];
  return new Error(`${table} could not be filled: ${cause.message}. ${advice(columns)}`, { cause });
}
