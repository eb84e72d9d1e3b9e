import { DatabaseError } from 'pg';

/** SQLSTATE classes 08, 53 and 57, and lock_not_available: connection, resources, operator's intervention, locks. */
const unavailable = /^(08|53|57|55P03)/;

/** What pg says of a connection that breaks, or that broke since it was taken from the pool. */
const broken = /^(Connection terminated|Query read timeout|Client has encountered a connection error)/;

/** SQLSTATE serialization_failure and deadlock_detected: the same transaction would succeed if it were run again. */
const undone = new Set(['40001', '40P01']);

export function violates(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.constraint === constraint;
}

export function wasUndone(error: unknown): boolean {
  return error instanceof DatabaseError && undone.has(error.code ?? '');
}

/** Whether the database could not serve the statement at this time, whatever the statement was. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    return unavailable.test(error.code ?? '');
  }
  return error instanceof Error && broken.test(error.message);
}
