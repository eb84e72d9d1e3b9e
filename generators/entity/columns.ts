import type { Column } from './column.ts';

/** The most characters of a string with a bound, which then fit into a request, whatever they are. */
export const LONGEST_VARCHAR = 10_000;

// What databases have in common: how JSON has a value, and how it is checked. `migration` is the database's own type.

export function text(migration: string): Column {
  return {
    migration,
    read: 'string',
    domain: 'string',
    fromText: '(value: string) => value',
    check: 'text',
    uses: { file: 'text', name: 'text' },
    sample: '\'Zoë’s "first" 😀\'',
    other: "''",
    wrong: ['1', String.raw`'a\u0000b'`, String.raw`'a\ud83d'`],
  };
}

export function varchar(migration: string, most: number): Column {
  return {
    ...text(migration),
    longest: most,
    remark: most === 1 ? 'At most one character.' : `At most ${most} characters.`,
    check: `textUpTo(${most})`,
    uses: { file: 'text', name: 'textUpTo' },
    sample: `'${'Zoë’s'.slice(0, most)}'`,
    most: `'n'.repeat(${most})`,
    wrong: ['1', `'a'.repeat(${most + 1})`],
  };
}

export function boolean(migration: string): Column {
  return {
    migration,
    read: 'boolean',
    domain: 'boolean',
    check: 'z.boolean()',
    fromText: "(value: string) => value === 'true'",
    sample: 'true',
    other: 'false',
    wrong: ['1', "'true'"],
  };
}

/** An integer that JSON can hold. */
export function integer(migration: string, check: string, tooLarge: string): Column {
  return {
    migration,
    read: 'number',
    domain: 'number',
    check,
    fromText: '(value: string) => Number(value)',
    sample: '42',
    other: '-7',
    wrong: ['1.5', tooLarge, "'42'"],
  };
}

export function bigint(migration: string): Column {
  return {
    migration,
    read: 'string',
    domain: 'string',
    fromText: '(value: string) => value',
    remark: 'A bigint, and text for that: a JavaScript number loses digits past 2^53.',
    check: 'bigint',
    uses: { file: 'bigint', name: 'bigint' },
    sample: "'9007199254740993'",
    other: "'-1'",
    wrong: ['1', "'01'", "'9223372036854775808'"],
  };
}

export function decimal(migration: string, digits: number, places: number): Column {
  const whole = digits > places ? '7' : '0';
  const fraction = places === 0 ? '' : `.${'5'.padEnd(places, '0')}`;
  return {
    migration,
    read: 'string',
    domain: 'string',
    fromText: '(value: string) => value',
    remark: `A decimal written out, with ${places === 1 ? 'one place' : `${places === 0 ? 'no' : places} places`}.`,
    check: `decimal(${digits}, ${places})`,
    uses: { file: 'decimal', name: 'decimal' },
    sample: `'${whole}${fraction}'`,
    other: digits > places ? `'-1${fraction}'` : `'-${whole}${fraction}'`,
    most: `'${'9'.repeat(digits - places) || '0'}${places === 0 ? '' : '.'}${'9'.repeat(places)}'`,
    wrong: ['7.5', withZeros('1', digits - places, ''), withZeros('0.', places, '1')],
  };
}

export function float(migration: string): Column {
  return {
    migration,
    read: 'number',
    domain: 'number',
    check: 'z.number()',
    fromText: '(value: string) => Number(value)',
    sample: '0.1',
    other: '-1.5e300',
    wrong: ["'0.1'"],
  };
}

export function date(migration: string): Column {
  return {
    migration,
    read: 'Date',
    written: 'string',
    domain: 'string',
    fromText: '(value: string) => value',
    isTime: true,
    remark: "A day, such as '2026-01-31'.",
    check: 'date',
    uses: { file: 'date', name: 'date' },
    sample: "'2026-01-31'",
    other: "'2024-02-29'",
    wrong: ["'2026-02-29'", "'2026-01-31T00:00:00Z'"],
  };
}

export function instant(migration: string): Column {
  return {
    migration,
    read: 'Date',
    written: 'string',
    domain: 'string',
    fromText: '(value: string) => value',
    isTime: true,
    remark: 'RFC 3339 in UTC with microseconds, as precise as the database keeps it; a Date would cut them.',
    check: 'instant',
    uses: { file: 'instant', name: 'instant' },
    sample: "'2026-01-31T12:00:00.123456Z'",
    other: "'0001-01-01T00:00:00.000000Z'",
    wrong: ["'2026-01-31T12:00:00'", "'2026-01-31T12:00:00.1234567Z'"],
  };
}

export function uuid(migration: string): Column {
  return {
    migration,
    read: 'string',
    domain: 'string',
    fromText: '(value: string) => value',
    check: 'z.guid().toLowerCase()',
    sample: "'018f3a9e-0000-7000-8000-000000000001'",
    other: "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
    wrong: ["'018f3a9e'"],
  };
}

export function document(migration: string): Column {
  return {
    migration,
    read: 'Json',
    written: 'string',
    domain: 'Json',
    fromText: '(value: string) => JSON.parse(value)',
    check: 'json',
    uses: { file: 'json', name: 'json' },
    isWider: true,
    write: (value) => `JSON.stringify(${value})`,
    sample: "{ colour: 'red', sizes: [1, 2.5, null] }",
    other: '[]',
    wrong: ['2 ** 53', String.raw`{ name: 'a\u0000b' }`],
  };
}

/** A list of values of a type that has no lists itself; none of them is null. */
export function listOf(item: Column, migration: string): Column {
  return {
    migration,
    read: `readonly ${item.read}[]`,
    domain: `readonly ${item.domain}[]`,
    isWider: true,
    check: `z.array(${item.check})`,
    ...(item.uses === undefined ? {} : { uses: item.uses }),
    sample: `[${item.sample}, ${item.other}]`,
    other: '[]',
    wrong: [item.sample, '[null]'],
    fromText:
      item.domain === 'number'
        ? '(value: (string | null)[]) => value.map((item) => item && Number(item))'
        : '(value: (string | null)[]) => value',
  };
}

function withZeros(before: string, count: number, after: string): string {
  return count > 20 ? `\`${before}\${'0'.repeat(${count})}${after}\`` : `'${before}${'0'.repeat(count)}${after}'`;
}
