import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { VitestReport } from './durations.ts';

/** Rows of a table that are written; a test that failed has few. */
const MOST_ROWS = 1000;
/** How long a database may take to answer, in milliseconds. */
const PATIENCE = 5000;

/**
 * Writes what is in the databases that the testkit kept of failed tests, as long as their server still lives, to
 * `databases/` of the folder: a table is its name and a row a line of JSON. A database that cannot be read leaves the reason.
 */
export async function dumpDatabases(folder: string): Promise<void> {
  for (const [index, { test, url }] of keptDatabases(folder).entries()) {
    const target = join(folder, 'databases');
    mkdirSync(target, { recursive: true });
    const content = await dump(url).catch((error: Error) => `could not be read: ${error.message}\n`);
    writeFileSync(join(target, `${index + 1}.txt`), `${test}\n\n${content}`);
  }
}

function keptDatabases(folder: string): { test: string; url: string }[] {
  const reports = globSync(join(folder, 'reports/*.json')).map(
    (file): VitestReport => JSON.parse(readFileSync(file, 'utf8')),
  );
  return reports.flatMap(({ testResults }) =>
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.flatMap(({ fullName, failureMessages }) => {
        const url = /psql '(postgres[^']+)'/.exec((failureMessages ?? []).join('\n'))?.[1];
        return url === undefined ? [] : [{ test: fullName, url }];
      }),
    ),
  );
}

async function dump(url: string): Promise<string> {
  const { default: pg } = await import('pg'); // Only where something failed: it takes its time to load.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE });
  client.on('error', () => undefined); // The server may end at any moment; the query then fails.
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables) parts.push(await dumpTable(client, name));
    return parts.join('\n');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function dumpTable(client: Client, name: string): Promise<string> {
  try {
    const { rows } = await client.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM (SELECT * FROM ${name} LIMIT ${MOST_ROWS + 1}) t`,
    );
    const cut = rows.length > MOST_ROWS ? [`… and more than these ${MOST_ROWS}`] : [];
    return [name, ...rows.slice(0, MOST_ROWS).map(({ row }) => row), ...cut, ''].join('\n');
  } catch (error) {
    return `${name} could not be read: ${(error as Error).message}\n`; // The testkit's own tables are not everybody's.
  }
}
