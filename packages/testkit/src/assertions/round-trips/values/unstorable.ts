import { type ColumnType, lengthOf, precisionOf } from '../column.ts';
import { place } from './numbers.ts';

const TIMES = [
  '',
  'soon',
  '2024-02-30T00:00:00Z',
  '2023-02-29T00:00:00Z',
  '2024-01-01T25:00:00Z',
  '2024-13-01T00:00:00Z',
];

const kinds: Readonly<Record<string, readonly string[]>> = {
  timestamptz: TIMES,
  timestamp: TIMES,
  date: ['', 'soon', '2023-02-29', '2024-02-30', '2024-13-01'],
  bool: ['', 'maybe', '2'],
  uuid: ['', 'a', '00000000-0000-0000-0000-00000000000g'],
  enum: ['', 'no such label', '\0'],
  json: ['', '{', "{'a':1}", 'undefined', 'NaN'],
  jsonb: ['', '{', "{'a':1}", 'undefined', 'NaN', '"\\u0000"', '"\\ud800"'],
  bytea: ['\\x0', '\\xgg'],
};

/** Values that a column of this type does not take, or not unchanged; which of them, the server is asked. */
export function unstorableValues(type: ColumnType): string[] {
  if (['text', 'varchar', 'bpchar', 'citext'].includes(type.name)) {
    return texts(lengthOf(type));
  }
  if (type.name === 'numeric') {
    return numerics(type);
  }
  if (/^int[248]$/.test(type.name)) {
    const bound = 2n ** BigInt(8 * Number(type.name.slice(3)) - 1);
    return ['', 'a', '0.5', String(bound), String(-bound - 1n)];
  }
  return [...(kinds[type.name] ?? [])];
}

function texts(limit: number | undefined): string[] {
  const longer = limit === undefined ? [] : ['a'.repeat(limit + 1), '😀'.repeat(limit + 1)];
  return ['\0', 'a\0b', '\ud800', '\udc00', 'a\ud83d', '\udc00\ud800', ...longer];
}

function numerics(type: ColumnType): string[] {
  const digits = precisionOf(type);
  if (digits === undefined) {
    return ['', 'a', '1,5'];
  }
  const over = 10n ** BigInt(digits.precision);
  const finer = digits.scale < 0 ? [] : [place(1n, digits.scale + 1), place(5n, digits.scale + 1)];
  return ['', 'a', '1,5', ...finer, place(over, digits.scale), place(-over, digits.scale)];
}
