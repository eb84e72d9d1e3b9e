import { guardClass } from './guard-class.ts';
import { loadQuietly } from './load-quietly.ts';
import { refuse } from './refusal.ts';
import { type AnyFunction, replaceMethod } from './replace.ts';

type Sqlite = typeof import('node:sqlite');

const statementWithFile = /(^|;)\s*(attach\b|vacuum\s+(\w+\s+)?into\b)/i;

/** Refuses databases of node:sqlite that are files. */
export function refuseDatabaseFiles(): void {
  const sqlite = loadQuietly<Sqlite>('node:sqlite');
  if (!sqlite) return;
  guardClass(sqlite, 'DatabaseSync', ([path]) => fileOf(path), 'database');
  const { prototype } = sqlite.DatabaseSync;
  for (const name of ['exec', 'prepare']) {
    replaceMethod(prototype, name, (original) => {
      const guarded: AnyFunction = function (...args) {
        const sql = String(args[0]);
        const refusal = statementWithFile.test(sql) ? refuse('database', `run ${sql.trim()}`, guarded) : undefined;
        if (refusal) throw refusal;
        return original.apply(this, args);
      };
      return guarded;
    });
  }
  replaceMethod(prototype, 'loadExtension', (original) => {
    const guarded: AnyFunction = function (...args) {
      const refusal = refuse('database', `load native code into a database (${String(args[0])})`, guarded);
      if (refusal) throw refusal;
      return original.apply(this, args);
    };
    return guarded;
  });
  replaceMethod(sqlite, 'backup', (original) => {
    const guarded: AnyFunction = function (...args) {
      const refusal = refuse('database', `back a database up to ${String(args[1])}`, guarded);
      return refusal ? Promise.reject(refusal) : original.apply(this, args);
    };
    return guarded;
  });
}

function fileOf(path: unknown): string | undefined {
  return path === ':memory:' ? undefined : `open the database file ${String(path)}`;
}
