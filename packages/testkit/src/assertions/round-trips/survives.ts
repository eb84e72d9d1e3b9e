import type { Connection } from '../../kinds/postgres/connection.ts';
import { areEqual } from './ask-server.ts';
import { hasOffset } from './clock.ts';
import type { ColumnType, ColumnValue } from './column.ts';
import { readings } from './reading.ts';

/** `text`: as PostgreSQL prints it, trailing zeros of a numeric included. `value`: equal by its own equality. */
export type Comparison = 'text' | 'value';

/** Types whose text is the value: equality would take NFC for NFD, or a date for its midnight. */
const EXACT = ['text', 'varchar', 'citext', 'date', 'int2', 'int4', 'int8', 'enum'];

/** Whether what came back is what was written. */
export async function survives(
  inspector: Connection,
  type: ColumnType,
  written: ColumnValue,
  came: unknown,
  comparison: Comparison,
): Promise<boolean> {
  for (const reading of readings(type, came)) {
    if (await isSame(inspector, type, written, reading, comparison)) {
      return true;
    }
  }
  return false;
}

async function isSame(
  inspector: Connection,
  type: ColumnType,
  written: ColumnValue,
  reading: ColumnValue,
  comparison: Comparison,
): Promise<boolean> {
  if (written === null || reading === null) {
    return written === reading;
  }
  if (typeof written !== 'string' && typeof reading !== 'string') {
    if (written.length !== reading.length) {
      return false;
    }
    for (const [index, item] of written.entries()) {
      const element = type.element as ColumnType;
      if (!(await isSame(inspector, element, item, reading[index] ?? null, comparison))) {
        return false;
      }
    }
    return true;
  }
  if (EXACT.includes(type.name) || (type.name === 'numeric' && comparison === 'text')) {
    return written === reading;
  }
  if (type.name === 'timestamptz' && !hasOffset(String(reading))) {
    return false;
  }
  return (await areEqual(inspector, type, written, reading)) === true;
}
