import { type Connection, identifier } from './connection.ts';
import type { State } from './table-states.ts';

/** Where the rows that a database begins with are kept, which its own user cannot reach. */
export function keptName(database: string): string {
  return `${database}_kept`;
}

/** Statements that copy the rows of all tables of a database that has some. */
export async function keepRows(connection: Connection, database: string, { tables }: State): Promise<void> {
  const kept = keptName(database);
  await connection.query(`CREATE DATABASE ${identifier(kept)}`);
  for (const [table, { rows }] of tables) {
    if (rows === 0) {
      continue;
    }
    await connection.query(`CREATE TABLE ${identifier(kept, table)} LIKE ${identifier(database, table)}`);
    await connection.query(await copy(connection, database, table, 'keep'));
  }
}

/**
 * Brings tables to the rows that they began with. Triggers fire meanwhile, and may write to other tables.
 * @param names base tables.
 */
export async function putBackRows(
  connection: Connection,
  database: string,
  { tables }: State,
  names: readonly string[],
): Promise<void> {
  const statements: string[] = [];
  for (const name of names) {
    const before = tables.get(name);
    statements.push(`TRUNCATE TABLE ${identifier(database, name)}`);
    if (before?.rows) {
      statements.push(await copy(connection, database, name, 'put back'));
    }
    if (before?.next) {
      statements.push(`ALTER TABLE ${identifier(database, name)} AUTO_INCREMENT = ${before.next}`);
    }
  }
  await connection.batch(statements);
}

/** An INSERT that names all columns but those that the server computes. */
async function copy(connection: Connection, database: string, table: string, what: 'keep' | 'put back') {
  const columns = await connection.query<{ name: string }>(
    `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND IS_GENERATED = 'NEVER' ORDER BY ORDINAL_POSITION`,
    [database, table],
  );
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const [own, kept] = [identifier(database, table), identifier(keptName(database), table)];
  const [to, from] = what === 'keep' ? [kept, own] : [own, kept];
  return `INSERT INTO ${to} (${names}) SELECT ${names} FROM ${from}`;
}
