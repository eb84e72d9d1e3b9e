import { KEPT_BY_TOOLS, type Schema } from '../../shared/sql/schema.ts';
import type { SqlDatabase } from '../../shared/sql/sql-dialect.ts';
import { identifier } from '../connection.ts';

const PARENTS = `
  SELECT TABLE_NAME AS name, REFERENCED_TABLE_NAME AS parent FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL`;
const COLUMNS = `
  SELECT TABLE_NAME AS name, COLUMN_NAME AS \`column\`, COLUMN_KEY = 'PRI' AS isKey FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`;
const OTHERS = `
  SELECT concat('trigger ', TRIGGER_NAME, ' of ', EVENT_OBJECT_TABLE, ': ', ACTION_TIMING, ' ', EVENT_MANIPULATION, ' ', ACTION_STATEMENT) AS line
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
  UNION ALL
  SELECT concat(lower(ROUTINE_TYPE), ' ', ROUTINE_NAME, ': ', ROUTINE_DEFINITION) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()`;

/** Reads the schema by SHOW CREATE and information_schema. */
export async function readSchema(database: SqlDatabase): Promise<Schema> {
  const all = await database.query<{ name: string; type: string }>(
    'SELECT TABLE_NAME AS name, TABLE_TYPE AS type FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1',
  );
  const kept = all.filter(({ name }) => !KEPT_BY_TOOLS.test(name));
  const columns = await database.query<{ name: string; column: string; isKey: number }>(COLUMNS);
  const parents = await database.query<{ name: string; parent: string }>(PARENTS);
  const lines: string[] = [];
  for (const { name } of kept) {
    const [made] = await database.query<Record<string, string>>(`SHOW CREATE TABLE ${identifier(name)}`);
    const text = made?.['Create Table'] ?? made?.['Create View'] ?? '';
    lines.push(...text.split('\n').map((line) => `${name}: ${asPart(line)}`));
  }
  const others = await database.query<{ line: string }>(OTHERS);
  return {
    tables: kept
      .filter(({ type }) => type === 'BASE TABLE')
      .map(({ name }) => ({
        name,
        columns: columns.filter((each) => each.name === name).map(({ column }) => column),
        key: columns.filter((each) => each.name === name && each.isKey === 1).map(({ column }) => column),
        parents: parents.filter((each) => each.name === name).map(({ parent }) => parent),
      })),
    lines: [...lines, ...others.map(({ line }) => line)].toSorted(),
  };
}

/** A line of SHOW CREATE TABLE, wherever it stands, and without the number of the next row. */
function asPart(line: string): string {
  return line
    .trim()
    .replace(/,$/, '')
    .replace(/ AUTO_INCREMENT=\d+/, '');
}
