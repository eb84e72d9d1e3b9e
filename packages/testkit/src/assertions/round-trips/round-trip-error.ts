import { counted } from '../../kinds/shared/counted.ts';
import type { ColumnValue } from './column.ts';

/** Values longer than this are shown by their beginning. */
const SHOWN = 200;

/** A value that did not come back as it was written; the message says all that is known of it. */
export class RoundTripError extends Error {
  override readonly name = 'RoundTripError';
}

/** Lines of a failure under each other, empty ones left out. */
export function listing(lines: readonly (readonly [string, string | undefined])[]): string {
  return lines
    .filter(([, text]) => text !== undefined && text !== '')
    .map(([name, text]) => `  ${name.padEnd(10)} ${text}`)
    .join('\n');
}

/** A value for a person: strings in quotes, and by code points where letters do not show what they are. */
export function showValue(value: unknown): string {
  if (value === null) {
    return 'NULL';
  }
  if (value === undefined) {
    return 'nothing (undefined)';
  }
  if (typeof value === 'string') {
    return shorten(JSON.stringify(value)) + codePoints(value);
  }
  if (typeof value === 'bigint') {
    return `${value}n (a bigint)`;
  }
  if (value instanceof Date) {
    return `${Number.isNaN(value.getTime()) ? String(value) : value.toISOString()} (a Date)`;
  }
  if (value instanceof Uint8Array) {
    return shorten(`\\x${Buffer.from(value).toString('hex')}`);
  }
  if (typeof value === 'object') {
    return shorten(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v)));
  }
  return `${String(value)} (a ${typeof value})`;
}

export function showRow(names: readonly string[], row: readonly ColumnValue[]): string {
  return names.map((name, index) => `${name} ${showValue(row[index])}`).join(', ');
}

function codePoints(text: string): string {
  const points = [...text];
  if (points.length > 8 || /^[\x20-\x7e]*$/.test(text)) {
    return '';
  }
  const names = points.map((point) => `U+${point.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`);
  return ` (${names.join(' ')})`;
}

function shorten(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${counted(text.length, 'character')})`;
}
