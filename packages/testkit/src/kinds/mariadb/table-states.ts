import { createHash } from 'node:crypto';
import { type Connection, identifier } from './connection.ts';

/** All that a test could have changed in a database, in a form that can be compared. */
export interface State {
  /** Tables, views, triggers, routines, events and the database's own settings, hashed. */
  readonly schema: string;
  /** By name; without views. */
  readonly tables: ReadonlyMap<string, TableState>;
}

/** The rows of a table, as a fingerprint: how many, their checksum, and the number that the next one gets. */
export interface TableState {
  /** As information_schema has it: 'BASE TABLE', 'SEQUENCE', 'SYSTEM VERSIONED'. */
  readonly type: string;
  readonly rows: number;
  readonly checksum: string;
  /** AUTO_INCREMENT, where the table has one. */
  readonly next: string | undefined;
}

const DEFINITIONS = [
  'SELECT TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_ORDER, ACTION_STATEMENT, SQL_MODE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA',
  'SELECT p.name, p.type, p.param_list, p.returns, p.body_utf8, p.modified FROM mysql.proc AS p WHERE p.db',
  'SELECT EVENT_NAME, EVENT_DEFINITION, EXECUTE_AT, INTERVAL_VALUE, INTERVAL_FIELD, STATUS FROM information_schema.EVENTS WHERE EVENT_SCHEMA',
];

/** Reads the state of a database that nobody writes to. Every row of every table is read: tables of tests are small. */
export async function readState(connection: Connection, database: string): Promise<State> {
  const all = await connection.query<{ name: string; type: string; next: number | string | null }>(
    'SELECT TABLE_NAME AS name, TABLE_TYPE AS type, AUTO_INCREMENT AS next FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY name',
    [database],
  );
  const tables = all.filter(({ type }) => type !== 'VIEW');
  const full = ({ name }: { name: string }) => identifier(database, name);
  const [schemas, counts] = await Promise.all([
    connection.batch([
      `SHOW CREATE DATABASE ${identifier(database)}`,
      ...DEFINITIONS.map((select) => `${select} = '${database}'`),
      ...all.map((table) => `SHOW CREATE TABLE ${full(table)}`),
    ]),
    connection.batch(tables.flatMap((t) => [`SELECT COUNT(*) AS count FROM ${full(t)}`, `CHECKSUM TABLE ${full(t)}`])),
  ]);
  const states = tables.map(({ name, type, next }, index): [string, TableState] => [
    name,
    {
      type,
      rows: Number(counts[2 * index]?.[0]?.count),
      checksum: String(counts[2 * index + 1]?.[0]?.Checksum),
      next: next === null ? undefined : String(next),
    },
  ]);
  const schema = JSON.stringify([all.map(({ name, type }) => [name, type]), schemas]);
  return { schema: hashOf(schema.replaceAll(/ AUTO_INCREMENT=\d+/g, '')), tables: new Map(states) };
}

/** The names of the tables that are not as they were. */
export function changedTables(before: State, now: State): string[] {
  return [...before.tables].flatMap(([name, table]) => (isSame(table, now.tables.get(name)) ? [] : [name]));
}

function isSame(before: TableState, now: TableState | undefined): boolean {
  return before.rows === now?.rows && before.checksum === now.checksum && before.next === now.next;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
