import type { FillColumn } from './postgres-columns.ts';

/**
 * An SQL expression of `i`, the row's number, that a column takes; each row's own where the column is unique.
 * @returns undefined for a type that none is known for.
 */
export function fillValue(column: FillColumn): string | undefined {
  const { type, base, plain, isArray, isEnum } = column;
  const labels = `enum_range(NULL::${plain})`;
  const value = isEnum ? `(${labels})[1 + i % cardinality(${labels})]` : (allowed(column) ?? BY_TYPE[base]?.(column));
  return value && `(${isArray ? `ARRAY[${value}]` : value})::${type}`;
}

/** Values that a CHECK constraint lists, or gives the ends of. */
function allowed({ checks, isArray, unique }: FillColumn): string | undefined {
  if (isArray || unique) {
    return undefined;
  }
  for (const check of checks) {
    const list = /= ANY \(+(ARRAY\[[^\]]+\])/.exec(check)?.[1];
    if (list) {
      return `(${list})[1 + i % cardinality(${list})]`;
    }
    const low = bound(check, '>=');
    const high = bound(check, '<=');
    if (low !== undefined && high !== undefined) {
      return `${low} + i % ${Math.max(1, Math.floor(high) - Math.ceil(low) + 1)}`;
    }
  }
  return undefined;
}

function bound(check: string, operator: string): number | undefined {
  const number = new RegExp(` ${operator} \\(?'?(-?\\d+(?:\\.\\d+)?)\\b`).exec(check)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Integers are small unless they must differ: few constraints refuse them. */
const whole = ({ unique }: FillColumn) => (unique ? 'i' : '1 + i % 100');

function decimal(column: FillColumn): string {
  const { modifier, base, unique } = column;
  if (unique) {
    return 'i';
  }
  if (base !== 'numeric' || modifier < 4) {
    return '1 + i % 99 + i % 100 / 100.0';
  }
  const packed = modifier - 4;
  const scale = ((packed & 0x7ff) ^ 0x400) - 0x400;
  const digits = (packed >> 16) - scale;
  const above = Math.min(99, 10 ** digits - 1);
  const point = scale < 1 ? '' : scale === 1 ? ' + i % 10 / 10.0' : ' + i % 100 / 100.0';
  return digits < 1 ? `0${point} / ${10 ** -digits}` : `1 + i % ${above}${point}`;
}

function text({ name, modifier }: FillColumn): string {
  const value = `'${name.replaceAll("'", "''")} ' || i`;
  return modifier < 4 ? value : `right(${value}, ${modifier - 4})`;
}

const BY_TYPE: Readonly<Record<string, (column: FillColumn) => string>> = {
  int2: whole,
  int4: whole,
  int8: whole,
  oid: whole,
  money: whole,
  numeric: decimal,
  float4: decimal,
  float8: decimal,
  text,
  varchar: text,
  bpchar: text,
  citext: text,
  name: text,
  bool: () => 'i % 2 = 0',
  date: ({ unique }) => `date '2020-01-01' + (i${unique ? '' : ' % 2000'})::int`,
  timestamp: () => "timestamp '2020-01-01' + i * interval '1 minute'",
  timestamptz: () => "timestamptz '2020-01-01Z' + i * interval '1 minute'",
  time: () => "time '00:00' + i % 86400 * interval '1 second'",
  timetz: () => "timetz '00:00Z' + i % 86400 * interval '1 second'",
  interval: () => "i * interval '1 second'",
  uuid: () => 'gen_random_uuid()',
  json: () => "json_build_object('number', i)",
  jsonb: () => "jsonb_build_object('number', i)",
  bytea: () => "convert_to(i::text, 'UTF8')",
  inet: () => "inet '10.0.0.0' + i % 16777216",
  cidr: () => "inet '10.0.0.0' + i % 16777216",
  tsvector: ({ name }) => `to_tsvector('simple', '${name.replaceAll("'", "''")} ' || i)`,
};
