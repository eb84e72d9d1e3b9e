import type { SqlDatabase } from '../../shared/sql/sql-dialect.ts';

/** A column, as far as a value for it depends on information_schema. */
export interface MariadbColumn {
  readonly name: string;
  /** Without its length: `varchar`, `decimal`. */
  readonly type: string;
  /** As the server writes it: `varchar(200)`, `enum('a','b')`. */
  readonly fullType: string;
  /** Characters or bytes; null for what has no length. */
  readonly length: number | null;
  readonly digits: number | null;
  readonly scale: number | null;
  readonly nullable: boolean;
  /** Whether the server has a value when none is given. */
  readonly hasDefault: boolean;
  /** Whether it is part of a unique index. */
  readonly unique: boolean;
  /** CHECK constraints of the table, as SQL. */
  readonly checks: readonly string[];
}

export interface MariadbForeignKey {
  readonly parent: string;
  readonly columns: readonly string[];
  /** Of the parent, in the same order. */
  readonly keys: readonly string[];
}

export interface MariadbTable {
  readonly name: string;
  readonly columns: readonly MariadbColumn[];
  readonly foreignKeys: readonly MariadbForeignKey[];
}

const COLUMNS = `
  SELECT COLUMN_NAME AS name, DATA_TYPE AS type, COLUMN_TYPE AS fullType, CHARACTER_MAXIMUM_LENGTH AS length,
    NUMERIC_PRECISION AS digits, NUMERIC_SCALE AS scale, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS defaultValue, EXTRA AS extra,
    EXISTS (SELECT 1 FROM information_schema.STATISTICS AS s WHERE s.TABLE_SCHEMA = c.TABLE_SCHEMA
      AND s.TABLE_NAME = c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME AND s.NON_UNIQUE = 0) AS isUnique
  FROM information_schema.COLUMNS AS c WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`;

const FOREIGN_KEYS = `
  SELECT CONSTRAINT_NAME AS name, REFERENCED_TABLE_NAME AS parent, COLUMN_NAME AS child, REFERENCED_COLUMN_NAME AS parentKey
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL
  ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION`;

const CHECKS = `
  SELECT c.CHECK_CLAUSE AS clause FROM information_schema.TABLE_CONSTRAINTS AS t
  JOIN information_schema.CHECK_CONSTRAINTS AS c USING (CONSTRAINT_SCHEMA, CONSTRAINT_NAME)
  WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME = ? AND t.CONSTRAINT_TYPE = 'CHECK'`;

interface ColumnRow extends Omit<MariadbColumn, 'nullable' | 'hasDefault' | 'unique' | 'checks'> {
  readonly nullable: 'YES' | 'NO';
  readonly defaultValue: string | null;
  readonly extra: string;
  readonly isUnique: number;
}

/**
 * Reads from information_schema what values a table takes.
 * @throws {Error} when the table does not exist.
 */
export async function readMariadbTable(database: SqlDatabase, table: string): Promise<MariadbTable> {
  const rows = await database.query<ColumnRow>(COLUMNS, [table]);
  if (rows.length === 0) {
    throw new Error(`There is no table ${table} in the test's database to fill.`);
  }
  const clauses = await database.query<{ clause: string }>(CHECKS, [table]);
  const checks = clauses.map(({ clause }) => clause);
  const columns = rows.map(({ nullable, defaultValue, extra, isUnique, ...column }) => ({
    ...column,
    nullable: nullable === 'YES',
    // A column without a default has null here, and one whose default is null has it in letters.
    hasDefault: (defaultValue !== null && defaultValue !== 'NULL') || /auto_increment|generated/i.test(extra),
    unique: isUnique === 1,
    checks: checks.filter((clause) => clause.includes(`\`${column.name}\``)),
  }));
  return { name: table, columns, foreignKeys: await readForeignKeys(database, table) };
}

async function readForeignKeys(database: SqlDatabase, table: string): Promise<MariadbForeignKey[]> {
  const rows = await database.query<{ name: string; parent: string; child: string; parentKey: string }>(FOREIGN_KEYS, [
    table,
  ]);
  return [...Map.groupBy(rows, ({ name }) => name).values()].map((key) => ({
    parent: key[0]?.parent ?? '',
    columns: key.map(({ child }) => child),
    keys: key.map(({ parentKey }) => parentKey),
  }));
}
