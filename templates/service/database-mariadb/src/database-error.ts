/** Properties of the driver's errors: the number of the server's error, or what happened to the connection. */
interface DriverError extends Error {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly fatal?: unknown;
}

/** ER_DUP_ENTRY. */
const duplicate = 1062;

/** ER_LOCK_DEADLOCK, and ER_CHECKREAD: the same transaction would succeed if it were run again. */
const undone = new Set<unknown>([1213, 1020]);

/**
 * The server is full or out of memory (1021, 1037, 1041, 1114), has no connection left (1040, 1203, 1226), is stopped or
 * stopped the statement (1053, 1317, 1927), or a lock or the statement took too long (1205, 1969).
 */
const unavailable = new Set<unknown>([1021, 1037, 1040, 1041, 1053, 1114, 1203, 1205, 1226, 1317, 1927, 1969]);

/** The connection broke, or there was none, or nothing came of it. */
const broken = new Set<unknown>([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** @param key the name of a unique key, which the server's message has at its end, behind the value */
export function violates(error: unknown, key: string): boolean {
  return isOfDriver(error) && error.errno === duplicate && error.message.endsWith(`for key '${key}'`);
}

export function wasUndone(error: unknown): boolean {
  return isOfDriver(error) && undone.has(error.errno);
}

/** Whether the database could not serve the statement at this time, whatever the statement was. */
export function isUnavailable(error: unknown): boolean {
  if (!isOfDriver(error)) {
    return false;
  }
  return unavailable.has(error.errno) || broken.has(error.code) || error.fatal === true;
}

function isOfDriver(error: unknown): error is DriverError {
  return error instanceof Error && ('errno' in error || 'code' in error || 'fatal' in error);
}
