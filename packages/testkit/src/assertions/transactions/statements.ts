import type { Entry } from './entry.ts';
import type { Step } from './step.ts';

const WRITE =
  /\b(insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))?)/gi;
/** Of `FOR UPDATE OF …` and `DO UPDATE SET`, no names of tables follow. */
const NOT_TABLES = new Set(['of', 'skip', 'nowait', 'set']);
const ROLLBACK = /^\s*(?:rollback|abort)\b(?!\s+(?:work\s+|transaction\s+)?to\b)/i;

export type WriteKind = 'insert' | 'update' | 'delete' | 'merge';

export interface Write {
  readonly kind: WriteKind;
  /** Without its schema. */
  readonly table: string;
}

/** The writes of a statement, by its text; functions and rules of the database do not show. */
export function writesOf({ sql }: Pick<Step, 'sql'>): Write[] {
  return [...sql.matchAll(WRITE)].flatMap(([, kind = '', name = '']) => {
    const table = name.split('.').at(-1)?.trim().replaceAll('"', '') ?? '';
    if (!name.includes('"') && NOT_TABLES.has(table.toLowerCase())) {
      return [];
    }
    return [{ kind: kind.split(/\s/)[0]?.toLowerCase() as WriteKind, table }];
  });
}

export function isWrite(step: Pick<Step, 'sql'>): boolean {
  return writesOf(step).length > 0;
}

export function isRollback({ sql }: Pick<Step, 'sql'>): boolean {
  return ROLLBACK.test(sql);
}

/**
 * The statements of a piece that count: from the transaction on that was not rolled back in order to be tried again.
 */
export function lastAttempt(entries: readonly Entry[], piece: number): Entry[] {
  const own = entries.filter((entry) => entry.piece === piece);
  const undone = own.findLastIndex(
    ({ step }, index) => index < own.length - 1 && (isRollback(step) || /^40(?:001|P01)$/.test(step.error?.code ?? '')),
  );
  return own.slice(undone + 1);
}

/** The statements of a piece that wrote rows, and were not rolled back. */
export function lastingWrites(entries: readonly Entry[], piece: number): Entry[] {
  const attempt = lastAttempt(entries, piece);
  if (attempt.some(({ step }) => isRollback(step))) {
    return [];
  }
  return attempt.filter(({ step }) => step.error === undefined && step.rows > 0 && isWrite(step));
}
