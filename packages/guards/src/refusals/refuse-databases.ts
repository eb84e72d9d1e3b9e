import { guardClass } from '../blame/guard-class.ts';
import { loadQuietly } from '../blame/load-quietly.ts';
import { refuseCall } from '../blame/refuse-call.ts';

type Sqlite = typeof import('node:sqlite');

const statementWithFile = /(^|;)\s*(attach\b|vacuum\s+(\w+\s+)?into\b)/i;

/** Refuses databases of node:sqlite that are files. */
export function refuseDatabaseFiles(): void {
  const sqlite = loadQuietly<Sqlite>('node:sqlite');
  if (!sqlite) {
    return;
  }
  guardClass(sqlite, 'DatabaseSync', ([path]) => fileOf(path), 'database');
  const { prototype } = sqlite.DatabaseSync;
  for (const name of ['exec', 'prepare']) {
    refuseCall(prototype, name, 'database', ([sql]) =>
      statementWithFile.test(String(sql)) ? `run ${String(sql).trim()}` : undefined,
    );
  }
  refuseCall(prototype, 'loadExtension', 'database', ([path]) => `load native code into a database (${String(path)})`);
  refuseCall(sqlite, 'backup', 'database', ([, path]) => `back a database up to ${String(path)}`, true);
}

function fileOf(path: unknown): string | undefined {
  return path === ':memory:' ? undefined : `open the database file ${String(path)}`;
}
