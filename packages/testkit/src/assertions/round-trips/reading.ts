import type { ColumnType, ColumnValue } from './column.ts';

/**
 * Values that came back, as values of the column: JavaScript's form of a type is written as PostgreSQL takes it. There
 * are two readings of a string from a json column: the JSON itself, and a string that was in it.
 * @returns no readings when nothing came back.
 */
export function readings(type: ColumnType, came: unknown): ColumnValue[] {
  if (came === undefined) {
    return [];
  }
  // A parsed document of JSON's null is null.
  if (came === null) {
    return isDocument(type) ? [null, 'null'] : [null];
  }
  if (isDocument(type)) {
    return typeof came === 'string' ? documentsOf(came) : [documentText(came)];
  }
  const { element } = type;
  if (element && Array.isArray(came)) {
    return [came.map((item) => readings(element, item)[0] as string | null)];
  }
  return [plainText(came)];
}

export function isDocument({ name }: ColumnType): boolean {
  return name === 'json' || name === 'jsonb';
}

function plainText(came: unknown): string {
  if (came instanceof Date) {
    return Number.isNaN(came.getTime()) ? String(came) : came.toISOString();
  }
  if (came instanceof Uint8Array) {
    return `\\x${Buffer.from(came).toString('hex')}`;
  }
  return typeof came === 'object' ? documentText(came) : String(came);
}

function documentsOf(text: string): string[] {
  const quoted = JSON.stringify(text);
  try {
    JSON.parse(text);
    return [text, quoted];
  } catch {
    return [quoted];
  }
}

function documentText(value: unknown): string {
  const raw = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? raw(String(item)) : item)) ?? 'null';
}
