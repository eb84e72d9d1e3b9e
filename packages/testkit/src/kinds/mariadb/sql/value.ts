import type { MariadbColumn } from './columns.ts';

/**
 * An SQL expression of `i`, the row's number, that a column takes; each row's own where the column is unique.
 * @returns undefined for a type that none is known for.
 */
export function mariadbValue(column: MariadbColumn): string | undefined {
  return allowed(column) ?? BY_TYPE[column.type.toLowerCase()]?.(column);
}

/** Values that an enum or a CHECK constraint lists, or a CHECK gives the ends of. */
function allowed({ name, fullType, unique, checks }: MariadbColumn): string | undefined {
  const labels = /^enum\((.*)\)$/is.exec(fullType)?.[1];
  if (labels !== undefined) {
    return oneOf(labels);
  }
  if (unique) {
    return undefined;
  }
  for (const check of checks) {
    if (/json_valid/i.test(check)) {
      return "json_object('number', i)";
    }
    const list = / in \(([^()]+)\)/i.exec(check)?.[1];
    if (list !== undefined) {
      return oneOf(list);
    }
    const [, low, high] = / between (-?\d+(?:\.\d+)?) and (-?\d+(?:\.\d+)?)/i.exec(check) ?? [];
    if (low !== undefined && high !== undefined && check.startsWith(`\`${name}\``)) {
      return `${low} + i % ${Math.max(1, Math.floor(Number(high)) - Math.ceil(Number(low)) + 1)}`;
    }
  }
  return undefined;
}

/** The items of a list of literals, in turn. */
function oneOf(list: string): string {
  const count = list.match(/'(?:[^']|'')*'|[^,]+/g)?.length ?? 1;
  return `elt(1 + i % ${count}, ${list})`;
}

/** Integers are small unless they must differ: few constraints refuse them. */
const whole = ({ unique }: MariadbColumn) => (unique ? 'i' : '1 + i % 100');

function decimal({ unique, digits, scale }: MariadbColumn): string {
  if (unique) {
    return 'i';
  }
  if (digits === null || scale === null) {
    return '1 + i % 99 + i % 100 / 100.0';
  }
  const above = Math.min(99, 10 ** (digits - scale) - 1);
  const point = scale === 0 ? '' : scale === 1 ? ' + i % 10 / 10.0' : ' + i % 100 / 100.0';
  return above < 1 ? `0${point}` : `1 + i % ${above}${point}`;
}

function text({ name, length }: MariadbColumn): string {
  const value = `concat('${name.replaceAll("'", "''").replaceAll('\\', '\\\\')} ', i)`;
  return length === null ? value : `right(${value}, ${length})`;
}

const bytes = ({ length }: MariadbColumn) =>
  length === null ? 'cast(i as binary)' : `right(cast(i as binary), ${length})`;

const BY_TYPE: Readonly<Record<string, (column: MariadbColumn) => string>> = {
  tinyint: ({ unique }) => (unique ? 'i' : 'i % 2'),
  smallint: whole,
  mediumint: whole,
  int: whole,
  bigint: whole,
  decimal,
  float: decimal,
  double: decimal,
  bit: () => 'i % 2',
  char: text,
  varchar: text,
  tinytext: text,
  text,
  mediumtext: text,
  longtext: text,
  binary: bytes,
  varbinary: bytes,
  tinyblob: bytes,
  blob: bytes,
  mediumblob: bytes,
  longblob: bytes,
  date: ({ unique }) => `date '2020-01-01' + interval i${unique ? '' : ' % 2000'} day`,
  datetime: () => "timestamp '2020-01-01 00:00:00' + interval i minute",
  timestamp: () => "timestamp '2020-01-01 00:00:00' + interval i minute",
  time: () => 'sec_to_time(i % 86400)',
  year: () => '2000 + i % 100',
  json: () => "json_object('number', i)",
  uuid: () => 'uuid()',
  inet4: () => "inet_ntoa(inet_aton('10.0.0.0') + i % 16777216)",
  inet6: () => "concat('fd00::', hex(i % 65536))",
};
