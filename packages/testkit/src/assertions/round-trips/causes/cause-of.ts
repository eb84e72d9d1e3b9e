import { counted } from '../../../kinds/shared/counted.ts';
import type { ColumnType, ColumnValue } from '../column.ts';
import { isDocument, readings } from '../reading.ts';
import { documentCause } from './documents.ts';
import { numberCause } from './numbers.ts';
import { textCause } from './texts.ts';
import { dateCause, timeCause } from './times.ts';

const NUMBERS = ['numeric', 'int2', 'int4', 'int8', 'float4', 'float8'];
const TEXTS = ['text', 'varchar', 'bpchar', 'citext'];

/** Why a value came back changed, where the change tells it. */
export function causeOf(type: ColumnType, written: ColumnValue, came: unknown): string | undefined {
  if (came === undefined) {
    return 'nothing came back: the field is missing, or has another name';
  }
  if (written === null) {
    return `NULL became ${describe(came)}: code between has a default for it`;
  }
  if (came === null) {
    return `${describe(written)} became NULL: is it taken for nothing (||, a test for truth)?`;
  }
  if (typeof written !== 'string') {
    return arrayCause(type, written, came);
  }
  const [text] = readings(type, came);
  if (typeof text !== 'string') {
    return undefined;
  }
  if (isDocument(type)) {
    return documentCause(written, text);
  }
  if (NUMBERS.includes(type.name)) {
    return numberCause(type.name, written, text);
  }
  if (TEXTS.includes(type.name)) {
    return textCause(written, text);
  }
  if (type.name === 'date') {
    return dateCause(written, text);
  }
  if (type.name === 'timestamptz' || type.name === 'timestamp') {
    return timeCause(type.name, written, text);
  }
  if (type.name === 'bytea') {
    return bytesCause(written, text);
  }
  if (type.name === 'bool' && [written, String(written === 'false')].includes(text) === false) {
    return 'a boolean became another type';
  }
  return undefined;
}

function arrayCause({ element }: ColumnType, written: readonly (string | null)[], came: unknown): string | undefined {
  if (!Array.isArray(came) || element === undefined) {
    return undefined;
  }
  const isMember = (item: unknown) => came.map(String).includes(String(item));
  if (came.length < written.length && written.includes(null) && !came.includes(null)) {
    return 'NULL in the array was lost';
  }
  if (came.length !== written.length) {
    return `${counted(written.length, 'element')} became ${came.length}`;
  }
  if (came.map(String).join() !== written.map(String).join() && written.every(isMember)) {
    return 'the order of the elements changed';
  }
  const index = written.findIndex((item, position) => readings(element, came[position])[0] !== item);
  const cause = index < 0 ? undefined : causeOf(element, written[index] ?? null, came[index]);
  return cause && `element ${index + 1}: ${cause}`;
}

function bytesCause(written: string, came: string): string | undefined {
  const bytes = Buffer.from(written.slice(2), 'hex');
  const back = came.startsWith('\\x') ? Buffer.from(came.slice(2), 'hex') : Buffer.from(came);
  if (back.includes(Buffer.from('\ufffd'))) {
    return 'bytes were read as UTF-8, which replaced some by U+FFFD';
  }
  if (came === bytes.toString('base64')) {
    return 'bytes came back in base64: decode them in the test';
  }
  return undefined;
}

function describe(value: unknown): string {
  return value === '' ? 'the empty text' : typeof value === 'string' ? JSON.stringify(value) : String(value);
}
