import { AssertionError } from 'node:assert';
import type { Insert, Values } from '../../kinds/shared/sql/insert.ts';
import type { Schema } from '../../kinds/shared/sql/schema.ts';
import type { SqlDatabase, SqlDialect } from '../../kinds/shared/sql/sql-dialect.ts';
import { sqlDialectOf } from '../sql-dialect.ts';
import { compareRows, readRows } from './rows.ts';

/** How a database comes to a migration, and back. Each is called with the URL of the test's database. */
export interface Migration {
  /** Migrates up to the migration that is looked at. */
  readonly to: (url: string) => Promise<void>;
  /** Migrates to the one before it: up from an empty database, and down from this one. */
  readonly before: (url: string) => Promise<void>;
  /** The tables whose rows, columns or name it is meant to change, each with the reason. */
  readonly changes?: Readonly<Record<string, string>> | undefined;
  /** Why there is no way down; it is not looked for then. */
  readonly irreversible?: string | undefined;
  /** SQL expressions of `i`, the number of a row, by table and column, where a CHECK needs them: as of `fill`. */
  readonly values?: Readonly<Record<string, Values>>;
}

/** More than one, so that a value that all get is told from one of each. */
const ROWS = 20;

/**
 * Expects that a migration does no harm where there are rows: that it runs, keeps what they say, leaves room for what the
 * version before writes, and that the way down and up again leads to the same, also where it was broken off. Empties the
 * database, which must be one of isolation `clone`.
 * @throws {AssertionError} that says what is lost or refused
 * @throws {TypeError} when it is not a database that the testkit gave to a test, or a reason is missing
 * @throws {Error} when a table cannot be filled, with the columns that need `values`
 */
export async function expectMigration(
  database: SqlDatabase,
  { to, before, changes = {}, irreversible, values = {} }: Migration,
): Promise<void> {
  const dialect = sqlDialectOf(database);
  const fail = (message: string, cause?: unknown): never => {
    const error = new AssertionError({ message, stackStartFn: expectMigration });
    throw cause === undefined ? error : Object.assign(error, { cause });
  };
  const reason = Object.entries(changes).find(([, why]) => why.trim() === '');
  if (reason !== undefined) {
    throw new TypeError(`changes: { ${reason[0]}: '' } gives no reason; say why the migration changes its rows.`);
  }
  if (irreversible?.trim() === '') {
    throw new TypeError("irreversible: '' gives no reason; say why there is no way down.");
  }
  const run = async (step: (url: string) => Promise<void>, failure: string) => {
    try {
      await step(database.url);
    } catch (error) {
      fail(`${failure}: ${innermost(error)}`, error);
    }
  };

  await dialect.empty(database);
  await run(before, 'The migrations before this one fail');
  const empty = await dialect.readSchema(database);
  const inserts = await fillAll(database, dialect, empty, values);
  const filled = await readRows(database, dialect, empty);

  await run(to, 'The migration fails where tables have rows');
  const after = await dialect.readSchema(database);
  const changed = compareRows(filled, await readRows(database, dialect, after), new Set(Object.keys(changes)));
  if (changed.length > 0) {
    const advice = "\nIf that is what it is for, say so: changes: { table: 'why' }.";
    fail(`The migration changes what was there:\n${list(changed)}${advice}`);
  }

  if (irreversible === undefined) {
    await run(before, 'The way down fails where tables have rows');
    expectSame(
      empty,
      await dialect.readSchema(database),
      'The way down does not lead back to the schema of before',
      fail,
    );
    const lost = compareRows(filled, await readRows(database, dialect, empty), new Set(Object.keys(changes)));
    if (lost.length > 0) {
      fail(`The way down changes what was there before the migration:\n${list(lost)}`);
    }

    await run(to, 'The migration fails when it runs again, after the way down');
    expectSame(after, await dialect.readSchema(database), 'Up, down and up again leads to another schema', fail);

    if (dialect.breakOff !== undefined) {
      await run(before, 'The way down fails where tables have rows');
      if (await dialect.breakOff(database, () => to(database.url))) {
        await run(to, 'What the migration did until it was broken off is in its own way: it needs a transaction');
      }
    }
  }
  for (const [table, insert] of inserts) {
    if (after.tables.some(({ name }) => name === table) && !(table in changes)) {
      await insert
        .run(1)
        .catch((error: Error) =>
          fail(
            `While versions are exchanged, the one before the migration still writes. It cannot write to ${table} any more: ` +
              `${innermost(error)}.\nGive new columns a default, and take the old ones away in a later release.`,
            error,
          ),
        );
    }
  }
}

/** Fills every table, parents first, and resolves with what filled them. */
async function fillAll(
  database: SqlDatabase,
  dialect: SqlDialect,
  { tables }: Schema,
  values: Readonly<Record<string, Values>>,
): Promise<Map<string, Insert>> {
  const inserts = new Map<string, Insert>();
  for (const { name } of parentsFirst(tables)) {
    const insert = await dialect.insertInto(database, name, values[name] ?? {});
    await insert.run(ROWS);
    inserts.set(name, insert);
  }
  return inserts;
}

function parentsFirst(tables: Schema['tables']): Schema['tables'] {
  const sorted: Schema['tables'][number][] = [];
  const left = new Set(tables);
  while (left.size > 0) {
    const waits = (parents: readonly string[], own: string) =>
      [...left].some(({ name }) => name !== own && parents.includes(name));
    // Tables that refer to each other in a ring are filled in the order of their names.
    const next = [...left].find(({ name, parents }) => !waits(parents, name)) ?? [...left][0];
    if (next !== undefined) {
      left.delete(next);
      sorted.push(next);
    }
  }
  return sorted;
}

function expectSame(before: Schema, now: Schema, what: string, fail: (message: string) => never): void {
  const missing = before.lines.filter((line) => !now.lines.includes(line)).map((line) => `- ${line}`);
  const added = now.lines.filter((line) => !before.lines.includes(line)).map((line) => `+ ${line}`);
  if (missing.length + added.length > 0) {
    fail([`${what}:`, ...missing, ...added].join('\n'));
  }
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

/** What the server said: tools wrap it into errors of their own. */
function innermost(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) {
    inner = inner.cause;
  }
  return inner instanceof Error ? inner.message : String(inner);
}
